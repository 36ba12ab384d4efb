import type { ReactNode } from 'react'
import type { WatchedBus } from '../state/session.ts'
import { usePanel } from '../use-panel.ts'
import { FigureTable } from './figure-table.tsx'
import { handlerColumns } from './handler-columns.tsx'

interface Props {
  readonly bus: WatchedBus
  /** Epoch ms. */
  readonly now: number
}

/** Who takes events of a bus right now, with the bus's own counts: resetting the statistics doesn't change them. */
export function HandlersTable({ bus, now }: Props): ReactNode {
  const panel = usePanel()
  const items = bus.subscriptions()
  const columns = handlerColumns((name) => {
    panel.session.view.setFilter(`handler:${JSON.stringify(name)}`)
    panel.show('stream')
  })
  if (items.length === 0) return <div className="hb-note">Nobody takes events of this bus.</div>
  return (
    <FigureTable
      label="Handlers"
      columns={columns}
      items={items}
      lineOf={(handler) => handler}
      sortedBy="delivered"
      now={now}
    />
  )
}
