import type { TimeRange } from '../../model/view.ts'

/** One end of a range. */
export type Edge = keyof TimeRange

interface Around {
  readonly range: TimeRange
  /** What can be chosen from. */
  readonly span: TimeRange
  /** ms of an arrow key; Page Up and Page Down go ten times as far. */
  readonly step: number
}

/** The range after a key was pressed on one of its ends; `undefined` when the key means nothing there. */
export function afterKey(key: string, edge: Edge, { range, span, step }: Around): TimeRange | undefined {
  const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 }[key]
  const least = edge === 'from' ? span.from : range.from
  const most = edge === 'to' ? span.to : range.to
  if (key === 'Home') return { ...range, [edge]: least }
  if (key === 'End') return { ...range, [edge]: most }
  if (steps === undefined) return undefined
  return { ...range, [edge]: Math.max(least, Math.min(most, range[edge] + steps * step)) }
}
