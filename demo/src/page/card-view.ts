import { type BusEvent, matches } from '@heliobus/core'
import { catalog } from '../catalog/catalog.ts'
import type { Ledger } from '../ledger.ts'
import type { Module } from '../modules/module.ts'

/** What the card of a module shows, at one moment. */
export interface CardView {
  readonly name: string
  readonly consumes: readonly string[]
  readonly publishes: readonly string[]
  readonly handled: number
  readonly failures: number
  /** The newest event that it took. */
  readonly last: BusEvent | undefined
  readonly state: string
  readonly needsCare: boolean
}

/** All of it is read from the bus, but the line of state, which is the module's own. */
export function createCard({ scope, stateLine, needsCare }: Module, ledger: Ledger): () => CardView {
  const name = scope.source
  const consumes = scope.subscriptions().flatMap(({ patterns }) => patterns)
  const definitions = [...catalog]
  const publishes = definitions.filter(({ producer }) => producer === name).map(({ type }) => type)
  const heard = definitions
    .map(({ type }) => type)
    .filter((type) => consumes.some((pattern) => matches(pattern, type)))

  return () => ({
    name,
    consumes,
    publishes,
    handled: total(scope, 'delivered'),
    failures: total(scope, 'failures'),
    last: heard.map((type) => ledger.newest.get(type)).reduce(newer, undefined),
    state: stateLine(),
    needsCare: needsCare?.() ?? false,
  })
}

function total(scope: Module['scope'], count: 'delivered' | 'failures'): number {
  return scope.subscriptions().reduce((sum, subscription) => sum + subscription[count], 0)
}

function newer(a: BusEvent | undefined, b: BusEvent | undefined): BusEvent | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return b.time > a.time ? b : a
}
