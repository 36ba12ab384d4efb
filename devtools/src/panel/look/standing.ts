import type { Standing } from '../../model/handler-story.ts'

/** How an event stands with a handler, as it is shown: a glyph, a colour and a word. */
export interface StandingLook {
  readonly glyph: string
  readonly tone: 'ok' | 'retry' | 'error' | 'dead' | 'faint'
  readonly word: string
}

export const standings: Readonly<Record<Standing, StandingLook>> = {
  handled: { glyph: '●', tone: 'ok', word: 'ok' },
  waiting: { glyph: '↻', tone: 'retry', word: 'waits for its retry' },
  failed: { glyph: '✕', tone: 'error', word: 'failed' },
  dead: { glyph: '▣', tone: 'dead', word: 'given up, a dead letter' },
  redriven: { glyph: '↻', tone: 'retry', word: 'redriven' },
  cancelled: { glyph: '○', tone: 'faint', word: 'cancelled' },
  discarded: { glyph: '✕', tone: 'error', word: 'given up, and discarded' },
}
