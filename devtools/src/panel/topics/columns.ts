import type { TypeFigures } from '../../model/statistics.ts'

/** One line of the table: a type's figures, and what they are compared with. */
export interface TopicLine extends TypeFigures {
  /** Of all events that were published, 0 to 1. */
  readonly share: number
  /** Events of each of the last 60 whole seconds, oldest first. */
  readonly recent: readonly number[]
  /** When the newest came, epoch ms; 0 for never. */
  readonly newest: number
}

export interface Column {
  readonly id: string
  readonly title: string
  readonly hint: string
  /** What the column is sorted by, the largest first unless it is text. */
  readonly sortBy: (line: TopicLine) => number | string
}

export const columns: readonly Column[] = [
  { id: 'topic', title: 'Topic', hint: 'Name of the type', sortBy: ({ type }) => type },
  { id: 'count', title: 'Count', hint: 'Events that entered the bus', sortBy: ({ published }) => published },
  {
    id: 'rate',
    title: 'Rate',
    hint: 'Events a second, over 5 s; the course of a minute',
    sortBy: ({ rate }) => rate,
  },
  {
    id: 'handled',
    title: 'Handled',
    hint: 'Handlers that finished: two of one event count two',
    sortBy: ({ handled }) => handled,
  },
  {
    id: 'unhandled',
    title: 'Unhandled',
    hint: 'Events that no handler took',
    sortBy: ({ unhandled }) => unhandled,
  },
  { id: 'failures', title: 'Failed', hint: 'Handlers that failed', sortBy: ({ failures }) => failures },
  { id: 'p50', title: 'p50', hint: 'Half of the handlers took no longer', sortBy: ({ ms }) => ms.p50 },
  { id: 'p95', title: 'p95', hint: '95 % of the handlers took no longer', sortBy: ({ ms }) => ms.p95 },
  { id: 'p99', title: 'p99', hint: '99 % of the handlers took no longer', sortBy: ({ ms }) => ms.p99 },
  { id: 'samples', title: 'n', hint: 'Calls that the percentiles rest on', sortBy: ({ ms }) => ms.samples },
  { id: 'newest', title: 'Last', hint: 'When the newest came', sortBy: ({ newest }) => newest },
]

/** Which column, and which way. */
export interface Sorting {
  readonly column: string
  readonly isReversed: boolean
}

/** Texts rise, figures fall, unless it is reversed; what is equal goes by name. */
export function sorted(lines: readonly TopicLine[], { column, isReversed }: Sorting): readonly TopicLine[] {
  const { sortBy } = columns.find(({ id }) => id === column)!
  const way = isReversed ? -1 : 1
  return lines.toSorted((a, b) => way * compare(sortBy(a), sortBy(b)) || (a.type < b.type ? -1 : 1))
}

function compare(one: number | string, other: number | string): number {
  if (typeof one === 'number' && typeof other === 'number') return other - one
  return one === other ? 0 : one < other ? -1 : 1
}
