import type { Rows } from '../../model/rows.ts'
import { status } from '../../model/status.ts'

/** How an event fares, as it is shown: always a glyph and a colour, so that no meaning hangs on colour alone. */
export interface RowStatus {
  readonly glyph: string
  readonly tone: 'ok' | 'warn' | 'error' | 'info' | 'retry' | 'dead' | 'gap' | 'faint'
  readonly word: string
}

const gap: RowStatus = { glyph: '▨', tone: 'gap', word: 'something may be missing' }
const dead: RowStatus = { glyph: '▣', tone: 'dead', word: 'a dead letter' }
const waiting: RowStatus = { glyph: '↻', tone: 'retry', word: 'waits for a retry' }
const failed: RowStatus = { glyph: '✕', tone: 'error', word: 'a handler failed' }
const dropped: RowStatus = { glyph: '▲', tone: 'warn', word: 'dropped' }
const unhandled: RowStatus = { glyph: '○', tone: 'warn', word: 'no handler' }
const ok: RowStatus = { glyph: '●', tone: 'ok', word: 'handled' }
const retried: RowStatus = { glyph: '↻', tone: 'retry', word: 'handled after a retry' }
const pending: RowStatus = { glyph: '◆', tone: 'info', word: 'on its way' }

/** The gravest first: what failed may also have been handled by others. */
export function statusOf(bits: number): RowStatus {
  if ((bits & status.gap) !== 0) return gap
  if ((bits & status.dead) !== 0) return dead
  if ((bits & status.waiting) !== 0) return waiting
  if ((bits & status.failed) !== 0) return failed
  if ((bits & status.dropped) !== 0) return dropped
  if ((bits & status.unhandled) !== 0) return unhandled
  if ((bits & status.handled) === 0) return pending
  return (bits & status.retry) !== 0 ? retried : ok
}

/** The same of an event in the list. */
export function statusOfRow(rows: Rows, row: number): RowStatus {
  return statusOf(rows.status[rows.slot(row)]!)
}
