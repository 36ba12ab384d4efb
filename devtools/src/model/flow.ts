import type { Causality } from './causality.ts'
import { lastMoment } from './spans.ts'
import type { Rows } from './rows.ts'

/** An event in the tree of a flow. */
export interface FlowLine {
  readonly row: number
  /** 1 for an event whose cause is not in the tree. */
  readonly level: number
  /** The row of its cause, if that is in the tree. */
  readonly cause: number | undefined
}

/** Everything of one correlation, as a tree: an event stands below its cause, siblings in the order in which they came. */
export interface Flow {
  readonly lines: readonly FlowLine[]
  /** Epoch ms of its first event. */
  readonly from: number
  /** Epoch ms of the last that is known of it, retries that are to come included. */
  readonly to: number
  /** Whether it has more events than are in the tree: the oldest are left out. */
  readonly isCut: boolean
}

/** The flow of an event that is here: the event, the causes of its cause, and the newest `limit` of its correlation. */
export function flowOf(rows: Rows, causality: Causality, row: number, limit = 1_000): Flow {
  const id = rows.eventAt(row)?.correlationId ?? ''
  const found = causality.rowsOfCorrelation(id, limit + 1)
  const members = new Set([...causality.causesOf(row), row, ...found.slice(-limit)].toSorted((a, b) => a - b))
  return { lines: linesOf(members, causality), ...rangeOf(members, rows), isCut: found.length > limit }
}

function linesOf(members: ReadonlySet<number>, causality: Causality): readonly FlowLine[] {
  const effects = new Map<number | undefined, number[]>()
  for (const row of members) {
    const cause = causality.causedBy(row)
    // A cause is older than its effect; ids that lead in circles come from elsewhere.
    const above = cause !== undefined && cause < row && members.has(cause) ? cause : undefined
    const siblings = effects.get(above)
    if (siblings === undefined) effects.set(above, [row])
    else siblings.push(row)
  }
  return descend(effects)
}

function descend(effects: ReadonlyMap<number | undefined, readonly number[]>): readonly FlowLine[] {
  const lines: FlowLine[] = []
  const open: FlowLine[] = []
  const push = (cause: number | undefined, level: number): void => {
    for (const row of (effects.get(cause) ?? []).toReversed()) open.push({ row, level, cause })
  }
  push(undefined, 1)
  for (let line = open.pop(); line !== undefined; line = open.pop()) {
    lines.push(line)
    push(line.row, line.level + 1)
  }
  return lines
}

function rangeOf(members: ReadonlySet<number>, rows: Rows): Pick<Flow, 'from' | 'to'> {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const row of members) {
    const at = rows.time[rows.slot(row)]!
    from = Math.min(from, at)
    to = Math.max(to, at + lastMoment(rows.deliveriesAt(row)))
  }
  return { from, to }
}
