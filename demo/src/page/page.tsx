import type { AnyBus } from '@heliobus/core'
import type { ReactNode } from 'react'
import type { Observatory } from '../observatory.ts'
import { Sky } from '../sky/sky.tsx'
import { AlertList } from './alert-list.tsx'
import { useStats } from './bus-hooks.ts'
import { Controls } from './controls.tsx'
import { Figures } from './figures.tsx'
import { Header } from './header.tsx'
import { LiveList } from './live-list.tsx'
import { ModulesPanel } from './modules-panel.tsx'
import { PastPanel } from './past-panel.tsx'
import { PeoplePanel } from './people-panel.tsx'
import { ServicesPanel } from './services-panel.tsx'
import { StationPanel } from './station-panel.tsx'
import { TypeTable } from './type-table.tsx'

const INTERVAL = 200 // ms: what changes faster can't be read
const ROWS = 50

export function Page(observatory: Observatory): ReactNode {
  const { bus, link, uplink, past, ledger, simulation } = observatory
  const stats = useStats({ every: INTERVAL })
  return (
    <>
      <Header tab={bus.source} link={link?.status ?? 'closed'} />
      <main>
        <Sky simulation={simulation} />
        <div className="room">
          <Controls {...observatory} />
          <AlertList />
          <Figures
            stats={stats}
            published={ledger.published}
            arrived={ledger.arrived}
            inFlight={inFlight(bus)}
            letters={bus.deadLetters.size}
          />
          <div className="wings">
            <StationPanel uplink={uplink} />
            <PastPanel past={past} />
          </div>
          <ServicesPanel uplink={uplink} />
          <div className="columns">
            <ModulesPanel {...observatory} />
            <PeoplePanel people={simulation.people} />
            {/* Read from the history: a handler for everything would leave no event unhandled, and the figure a lie. */}
            <LiveList events={bus.history('**', { limit: ROWS })} />
            <TypeTable byType={stats.byType} />
          </div>
        </div>
      </main>
    </>
  )
}

function inFlight(bus: AnyBus): number {
  return bus.subscriptions().reduce((sum, { pending, forwards }) => sum + (forwards ? 0 : pending), 0)
}
