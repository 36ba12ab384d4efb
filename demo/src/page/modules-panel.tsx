import { type ReactNode, useMemo } from 'react'
import { lettersByModule } from '../dead-letters.ts'
import type { Observatory } from '../observatory.ts'
import { createCard } from './card-view.ts'
import { ModuleCard } from './module-card.tsx'

type Props = Pick<Observatory, 'bus' | 'modules' | 'ledger' | 'health'>

/** All modules, looked at anew with every render. */
export function ModulesPanel({ bus, modules, ledger, health }: Props): ReactNode {
  const cards = useMemo(
    () => modules.map((module) => [module.scope.source, createCard(module, { ledger, health })] as const),
    [modules, ledger, health],
  )
  const letters = lettersByModule(bus)
  return (
    <section className="panel modules" aria-labelledby="modules">
      <h2 id="modules">Modules</h2>
      <div className="cards">
        {cards.map(([name, card]) => (
          <ModuleCard key={name} {...card(letters.get(name) ?? [])} />
        ))}
      </div>
    </section>
  )
}
