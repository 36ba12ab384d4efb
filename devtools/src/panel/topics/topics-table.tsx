import { Fragment, type ReactNode, useState } from 'react'
import { Button } from '../look/button.tsx'
import { wholeNumber } from '../look/figures.ts'
import { hueOf } from '../look/hue.ts'
import { Tabs } from '../look/tabs.tsx'
import { useStyles } from '../look/use-styles.ts'
import type { Session } from '../state/session.ts'
import { useFrame, usePanel, useSession } from '../use-panel.ts'
import { FigureTable } from './figure-table.tsx'
import { HandlersTable } from './handlers-table.tsx'
import { tableCss } from './table.css.ts'
import { clauseFor } from './topic-filter.ts'
import { typeColumns, TypeLine } from './type-columns.tsx'

const INTERVAL = 500 // ms: what changes faster can't be read

const tabs = [
  { id: 'types', title: 'Types' },
  { id: 'handlers', title: 'Handlers' },
] as const

/** Figures of each type since recording began, and of each handler: exact, whatever has left the list. */
export function TopicsTable(): ReactNode {
  const session = useSession()
  const [shown, show] = useState<(typeof tabs)[number]['id']>('types')
  const dress = useStyles(tableCss)
  useFrame(INTERVAL)
  const { bus } = session
  if (bus === undefined)
    return (
      <>
        <div ref={dress} className="hb-table-head">
          <p className="hb-cut">{remark(session)}</p>
        </div>
        <TypesTable session={session} />
      </>
    )
  const isOfTypes = shown === 'types'
  return (
    <>
      <div ref={dress} className="hb-table-head">
        <Tabs label="Figures" tabs={tabs} chosen={shown} onChoose={show} />
        <p className="hb-cut">
          {isOfTypes ? remark(session) : 'As the bus counts, since each was subscribed'}
        </p>
        {isOfTypes && (
          <Button label="Reset the statistics" onClick={() => session.forget()}>
            Reset
          </Button>
        )}
      </div>
      {isOfTypes ? <TypesTable session={session} /> : <HandlersTable bus={bus} now={session.now} />}
    </>
  )
}

function TypesTable({ session }: { readonly session: Session }): ReactNode {
  const panel = usePanel()
  const { recorder, now } = session
  const { all, met } = recorder.statistics
  const columns = typeColumns((type) => {
    session.view.setFilter(clauseFor(type, false))
    panel.show('stream')
  })
  if (met.length === 0)
    return <div className="hb-note">No events yet. Figures of each type will stand here.</div>
  const sum = new TypeLine(all, all, now)
  return (
    <FigureTable
      label="Types of events"
      columns={columns}
      items={met}
      lineOf={(counts) => new TypeLine(counts, all, now)}
      attributesOf={({ type }) => ({ 'data-type': type, 'data-hue': hueOf(type) })}
      sortedBy="count"
      now={now}
      total={
        <tr>
          <td>All</td>
          {columns.slice(1).map(({ id, cell }) => (
            <Fragment key={id}>{cell(sum)}</Fragment>
          ))}
        </tr>
      }
    />
  )
}

/** What the figures are of, next to what the list holds. */
function remark({ recorder: { rows, statistics }, bus }: Session): string {
  const types = statistics.met.length
  const count = `${wholeNumber(types)} ${types === 1 ? 'type' : 'types'}`
  if (bus === undefined) return `${count}, counted from the events that the recording holds`
  return `${count}, counted exactly; the list holds the newest ${wholeNumber(rows.capacity)} events`
}
