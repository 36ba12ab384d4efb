import type { Rows } from '../../model/rows.ts'
import { status } from '../../model/status.ts'

/** How an event fares, as it is shown: always a glyph and a colour, so that no meaning hangs on colour alone. */
export interface RowStatus {
  readonly glyph: string
  readonly tone: 'ok' | 'warn' | 'error' | 'info' | 'faint'
  readonly word: string
}

const failed: RowStatus = { glyph: '✕', tone: 'error', word: 'a handler failed' }
const dropped: RowStatus = { glyph: '▲', tone: 'warn', word: 'dropped' }
const unhandled: RowStatus = { glyph: '○', tone: 'warn', word: 'no handler' }
const ok: RowStatus = { glyph: '●', tone: 'ok', word: 'handled' }
const pending: RowStatus = { glyph: '◆', tone: 'info', word: 'on its way' }

/** The gravest first: what failed also counts as handled where others took it. */
export function statusOfRow(rows: Rows, row: number): RowStatus {
  const bits = rows.status[rows.slot(row)]!
  if ((bits & status.failed) !== 0) return failed
  if ((bits & status.dropped) !== 0) return dropped
  if ((bits & status.unhandled) !== 0) return unhandled
  return (bits & status.handled) !== 0 ? ok : pending
}
