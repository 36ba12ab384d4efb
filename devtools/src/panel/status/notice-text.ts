import { shortText } from '../../model/members.ts'
import { duration } from '../look/figures.ts'
import type { Notice } from '../../model/notices.ts'
import { isRing, type Tone } from './notice-tone.ts'

/** Says the same as the tone, for those who see no colours. */
export const glyphs: Readonly<Record<Tone, string>> = { error: '✕', warn: '▲', info: '◆' }

/** In words; '' for what is not worth telling. */
export function noticeText(notice: Notice): string {
  if (notice.type === 'refused') return `refused${via(notice.link)}: ${shortText(notice.error, 300)}`
  if (notice.type === 'gap') return `${missing(notice.missing)}${via(notice.link)}: ${notice.reason}`
  if (notice.type === 'link') return `${notice.link} is ${notice.status}`
  if (notice.type === 'overflow') return overflowText(notice)
  if (notice.type === 'log') return logText(notice)
  if (notice.type === 'slow') return slowText(notice)
  if (notice.type === 'warning') return `${notice.topic}: ${notice.detail}`
  return notice.type === 'closed' ? 'the bus is closed' : ''
}

function overflowText({ memory, capacity }: Extract<Notice, { readonly type: 'overflow' }>): string {
  const fate = isRing(memory) ? 'the oldest make room' : 'what has no place is dropped and counted'
  return `${memory} is full (${capacity}); ${fate}`
}

function logText(notice: Extract<Notice, { readonly type: 'log' }>): string {
  const { log, status } = notice
  if (status === 'pruned') return `${log}: retention has removed ${notice.removed} entries`
  if (status === 'behind') return `${log}: more than ${notice.waiting} events behind, so it reads on`
  const waiting = `${notice.waiting} events wait`
  if (status === 'recovered') return `${log} works again; ${waiting}`
  return `${log} failed: ${shortText(notice.error, 300)}; ${waiting}`
}

function slowText({ subscription, ms, isBlocking }: Extract<Notice, { readonly type: 'slow' }>): string {
  const blocking = isBlocking ? ', and nothing else could happen meanwhile' : ''
  return `${subscription.name} took ${duration(ms)}${blocking}`
}

function missing(count: number | undefined): string {
  if (count === undefined) return 'events missing'
  return `${count} ${count === 1 ? 'event' : 'events'} missing`
}

function via(link: string | undefined): string {
  return link === undefined ? '' : ` over ${link}`
}
