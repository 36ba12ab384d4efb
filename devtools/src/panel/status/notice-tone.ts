import type { Notice } from '../../model/notices.ts'

export type Tone = 'error' | 'warn' | 'info'

const tones: Partial<Readonly<Record<Notice['type'], Tone>>> = {
  refused: 'error',
  gap: 'warn',
  overflow: 'warn',
  slow: 'warn',
  warning: 'warn',
  closed: 'info',
}

/**
 * How grave a notice is; `undefined` for what is not worth telling, as subscriptions come and go all the time, or what a
 * newer bus tells and this panel has not heard of.
 */
export function toneOf(notice: Notice): Tone | undefined {
  if (notice.type === 'link') return notice.status === 'lost' ? 'error' : 'info'
  if (notice.type === 'log') return notice.status === 'failed' ? 'error' : 'info'
  if (notice.type === 'overflow' && isRing(notice.memory)) return 'info'
  return tones[notice.type]
}

/** It is always full after a while, and lets go of the oldest: that is what it is for. */
export function isRing(memory: string): boolean {
  return memory === 'history' || memory === 'seen-ids'
}
