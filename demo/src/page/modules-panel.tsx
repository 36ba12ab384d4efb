import { type ReactNode, useMemo } from 'react'
import type { Ledger } from '../ledger.ts'
import type { Module } from '../modules/module.ts'
import { createCard } from './card-view.ts'
import { ModuleCard } from './module-card.tsx'

interface Props {
  readonly modules: readonly Module[]
  readonly ledger: Ledger
}

/** All modules, looked at anew with every render. */
export function ModulesPanel({ modules, ledger }: Props): ReactNode {
  const cards = useMemo(() => modules.map((module) => createCard(module, ledger)), [modules, ledger])
  return (
    <section className="panel modules" aria-labelledby="modules">
      <h2 id="modules">Modules</h2>
      <div className="cards">
        {cards
          .map((card) => card())
          .map((card) => (
            <ModuleCard key={card.name} {...card} />
          ))}
      </div>
    </section>
  )
}
