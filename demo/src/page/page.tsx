import { type ReactNode, useSyncExternalStore } from 'react'
import type { Observatory } from '../observatory.ts'
import { Controls } from './controls.tsx'
import { Figures } from './figures.tsx'
import { Header } from './header.tsx'
import { LiveList } from './live-list.tsx'
import { ModuleCard } from './module-card.tsx'
import type { Store } from './store.ts'
import { TypeTable } from './type-table.tsx'
import type { View } from './view.ts'

interface Props {
  readonly observatory: Observatory
  readonly store: Store<View>
}

export function Page({ observatory: { bus, simulation, seed }, store }: Props): ReactNode {
  const view = useSyncExternalStore(store.subscribe, store.get)
  const { link, isRunning, pace, newest, types, cards } = view
  return (
    <>
      <Header tab={bus.source} link={link} />
      <main>
        <Controls {...{ simulation, seed, isRunning, pace }} onAct={store.refresh} />
        <Figures {...view} />
        <div className="columns">
          <section className="panel modules" aria-labelledby="modules">
            <h2 id="modules">Modules</h2>
            <div className="cards">
              {cards.map((card) => (
                <ModuleCard key={card.name} {...card} />
              ))}
            </div>
          </section>
          <LiveList events={newest} />
          <TypeTable types={types} />
        </div>
      </main>
    </>
  )
}
