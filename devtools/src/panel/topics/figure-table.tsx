import { Fragment, type ReactNode, useRef, useState } from 'react'
import { useSettings } from '../use-panel.ts'
import { type Column, comparison, type Sorting } from './column.ts'
import { SortableHead } from './sortable-head.tsx'
import { useCalmOrder } from './use-calm-order.ts'
import { useKeys } from './use-keys.ts'
import { useSight } from '../look/use-sight.ts'

interface Props<Item extends object, Line> {
  readonly label: string
  readonly columns: readonly Column<Line>[]
  /** What the lines are of; the same object is the same line. */
  readonly items: readonly Item[]
  /** The figures as they are now: asked of lines in sight only, and of all when it is time to sort. */
  readonly lineOf: (item: Item) => Line
  /** What else stands on a line's element. */
  readonly attributesOf?: (item: Item) => Readonly<Record<`data-${string}`, string | number>>
  /** Column that it is sorted by at first. */
  readonly sortedBy: string
  /** Epoch ms. */
  readonly now: number
  /** A `<tr>` that stays at the bottom. */
  readonly total?: ReactNode
}

const rowHeights = { compact: 22, comfortable: 28, roomy: 40 } as const

/** A table of figures that is sorted by a press on a column. However many lines, only those in sight are drawn. */
export function FigureTable<Item extends object, Line>(props: Props<Item, Line>): ReactNode {
  const { label, columns, items, lineOf, attributesOf, sortedBy, now, total } = props
  const room = useRef<HTMLDivElement>(null)
  const height = rowHeights[useSettings().rows]
  const [sorting, setSorting] = useState<Sorting>({ column: sortedBy, isReversed: false })
  const keyOf = useKeys()
  const ordered = useCalmOrder(
    items,
    (all) => sorted(all, lineOf, comparison(columns, sorting)),
    sorting,
    now,
  )
  const { from, to } = useSight(room, ordered.length, height)
  const sort = (column: string): void =>
    setSorting({ column, isReversed: sorting.column === column && !sorting.isReversed })
  const least = columns.reduce((sum, { width }) => sum + width, 0)
  return (
    <div ref={room} className="hb-table-room">
      <table
        className="hb-table"
        style={{ minWidth: least }}
        aria-label={label}
        aria-rowcount={ordered.length + 1}
      >
        <SortableHead columns={columns} sorting={sorting} onSort={sort} />
        <tbody>
          <Space height={from * height} />
          {ordered.slice(from, to).map((item, index) => {
            const line = lineOf(item)
            return (
              <tr key={keyOf(item)} aria-rowindex={from + index + 2} {...attributesOf?.(item)}>
                {columns.map(({ id, cell }) => (
                  <Fragment key={id}>{cell(line)}</Fragment>
                ))}
              </tr>
            )
          })}
          <Space height={(ordered.length - Math.min(to, ordered.length)) * height} />
        </tbody>
        {total !== undefined && <tfoot>{total}</tfoot>}
      </table>
    </div>
  )
}

/** Reads the figures of each item once. */
function sorted<Item, Line>(
  items: readonly Item[],
  lineOf: (item: Item) => Line,
  compare: (a: Line, b: Line) => number,
): readonly Item[] {
  return items
    .map((item) => ({ item, line: lineOf(item) }))
    .toSorted((a, b) => compare(a.line, b.line))
    .map(({ item }) => item)
}

/** In place of lines out of sight. */
function Space({ height }: { readonly height: number }): ReactNode {
  return height > 0 ? <tr aria-hidden="true" style={{ height }} /> : null
}
