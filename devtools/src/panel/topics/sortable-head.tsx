import type { ReactNode } from 'react'
import { type Column, directionOf, type Sorting } from './column.ts'

interface Props {
  readonly columns: readonly Omit<Column<never>, 'sortBy' | 'cell'>[]
  readonly sorting: Sorting
  readonly onSort: (column: string) => void
}

/** Titles to press: the first press sorts, the next turns it round. */
export function SortableHead({ columns, sorting, onSort }: Props): ReactNode {
  return (
    <thead>
      <tr aria-rowindex={1}>
        {columns.map((column) => {
          const { id, title, hint, width, isText, grows } = column
          const direction = directionOf(column, sorting)
          return (
            <th
              key={id}
              scope="col"
              title={hint}
              className={isText === true ? 'hb-table-text' : undefined}
              style={grows === true ? undefined : { width }}
              aria-sort={direction}
            >
              <button type="button" onClick={() => onSort(id)}>
                {title}
                {direction !== undefined && (
                  <span aria-hidden="true">{direction === 'ascending' ? ' ↑' : ' ↓'}</span>
                )}
              </button>
            </th>
          )
        })}
      </tr>
    </thead>
  )
}
