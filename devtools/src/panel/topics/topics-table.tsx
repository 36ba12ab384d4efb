import { type ReactNode, useState } from 'react'
import { Button } from '../look/button.tsx'
import { wholeNumber } from '../look/figures.ts'
import type { Session } from '../state/session.ts'
import { useFrame, usePanel, useSession } from '../use-panel.ts'
import { columns, type Sorting, sorted, type TopicLine } from './columns.ts'
import { clauseFor } from './topic-filter.ts'
import { TopicRow, TotalRow } from './topic-row.tsx'

const INTERVAL = 500 // ms: what changes faster can't be read
const CALM = 5_000 // ms between two orders of lines that move by themselves
const SHOWN = 200

/** Figures of each type since recording began: exact, whatever has left the list. */
export function TopicsTable(): ReactNode {
  const panel = usePanel()
  const session = useSession()
  const [sorting, setSorting] = useState<Sorting>({ column: 'count', isReversed: false })
  const [showsAll, showAll] = useState(false)
  useFrame(INTERVAL)
  const lines = useCalmOrder(linesOf(session), sorting, session.now)
  const shown = showsAll ? lines : lines.slice(0, SHOWN)
  const sort = (column: string): void =>
    setSorting((before) => ({ column, isReversed: before.column === column && !before.isReversed }))
  const open = (type: string): void => {
    session.view.setFilter(clauseFor(type, false))
    panel.show('stream')
  }

  if (lines.length === 0)
    return <div className="hb-note">No events yet. Figures of each type will stand here.</div>
  return (
    <>
      <div className="hb-table-head">
        <p className="hb-cut">
          {wholeNumber(lines.length)} {lines.length === 1 ? 'type' : 'types'}. Counts are exact, whatever has
          left the list.
        </p>
        <Button label="Reset the statistics" onClick={() => session.forget()}>
          Reset
        </Button>
      </div>
      <div className="hb-table-room">
        <table className="hb-table">
          <thead>
            <tr>
              {columns.map(({ id, title, hint }) => (
                <th key={id} scope="col" title={hint} aria-sort={directionOf(id, sorting)}>
                  <button type="button" onClick={() => sort(id)}>
                    {title}
                    {sorting.column === id && (
                      <span aria-hidden="true">{sorting.isReversed ? ' ↑' : ' ↓'}</span>
                    )}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((line) => (
              <TopicRow key={line.type} line={line} onOpen={() => open(line.type)} />
            ))}
          </tbody>
          <tfoot>
            <TotalRow figures={session.recorder.statistics.all.figures(session.now)} />
          </tfoot>
        </table>
        {shown.length < lines.length && (
          <div className="hb-note">
            <Button label="Show all types" outlined onClick={() => showAll(true)}>
              Show {wholeNumber(lines.length - shown.length)} more
            </Button>
          </div>
        )}
      </div>
    </>
  )
}

function linesOf({ recorder: { statistics }, now }: Session): readonly TopicLine[] {
  const all = Math.max(1, statistics.all.published)
  return statistics.met.map((counts) => ({
    ...counts.figures(now),
    share: counts.published / all,
    recent: counts.seconds.last(60, now),
    newest: counts.newest,
  }))
}

/** Lines that jump can't be read: figures change at once, the order when somebody sorts, or now and then. */
function useCalmOrder(lines: readonly TopicLine[], sorting: Sorting, now: number): readonly TopicLine[] {
  const [order, setOrder] = useState({
    sorting,
    at: now,
    types: sorted(lines, sorting).map(({ type }) => type),
  })
  const isDue = order.sorting !== sorting || now - order.at >= CALM || order.types.length !== lines.length
  const types = isDue ? sorted(lines, sorting).map(({ type }) => type) : order.types
  if (isDue) setOrder({ sorting, at: now, types })
  const byType = new Map(lines.map((line) => [line.type, line]))
  return types.flatMap((type) => byType.get(type) ?? [])
}

function directionOf(column: string, sorting: Sorting): 'ascending' | 'descending' | undefined {
  if (sorting.column !== column) return undefined
  return (column === 'topic') === sorting.isReversed ? 'descending' : 'ascending'
}
