import type { ReactNode } from 'react'

/** One column of a table of figures. The first names the line, in text. */
export interface Column<Line> {
  readonly id: string
  readonly title: string
  readonly hint: string
  /** px. */
  readonly width: number
  /** Takes a part of the room that is left over. */
  readonly grows?: boolean
  /** True when it holds texts: they stand at the left, and are sorted from A to Z. Figures fall. */
  readonly isText?: boolean
  readonly sortBy: (line: Line) => number | string
  /** A `<td>`. */
  readonly cell: (line: Line) => ReactNode
}

/** By which column, and whether the other way round. */
export interface Sorting {
  readonly column: string
  readonly isReversed: boolean
}

/** Sorts lines; what is equal goes by name. */
export function comparison<Line>(
  columns: readonly Column<Line>[],
  { column, isReversed }: Sorting,
): (a: Line, b: Line) => number {
  const { sortBy } = columns.find(({ id }) => id === column) ?? columns[0]!
  const { sortBy: nameOf } = columns[0]!
  const way = isReversed ? -1 : 1
  return (a, b) => way * compare(sortBy(a), sortBy(b)) || compare(nameOf(a), nameOf(b))
}

function compare(one: number | string, other: number | string): number {
  if (typeof one === 'number' && typeof other === 'number') return other - one
  return one === other ? 0 : one < other ? -1 : 1
}

/** How a column is sorted, in the words of `aria-sort`; `undefined` when another is. */
export function directionOf(
  { id, isText = false }: Pick<Column<never>, 'id' | 'isText'>,
  { column, isReversed }: Sorting,
): 'ascending' | 'descending' | undefined {
  if (column !== id) return undefined
  return isText === isReversed ? 'descending' : 'ascending'
}
