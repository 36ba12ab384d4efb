import { type BusEvent, type DeadLetter, matches } from '@heliobus/core'
import { catalog } from '../catalog/catalog.ts'
import type { Trouble } from '../health.ts'
import type { Module } from '../modules/module.ts'
import type { Observatory } from '../observatory.ts'

/** What the card of a module shows, at one moment. */
export interface CardView {
  readonly name: string
  /** Undefined: here. */
  readonly place: string | undefined
  readonly consumes: readonly string[]
  readonly publishes: readonly string[]
  readonly handled: number
  readonly failures: number
  readonly retries: number
  readonly letters: number
  /** What is wrong with it now. */
  readonly trouble: Trouble | undefined
  /** The newest event that it took. */
  readonly last: BusEvent | undefined
  readonly state: string
  readonly needsCare: boolean
}

/** All of it is read from the bus, but the line of state, which is the module's own. `letters` are those of the module. */
export function createCard(
  { scope, stateLine, needsCare, elsewhere }: Module,
  { ledger, health }: Pick<Observatory, 'ledger' | 'health'>,
): (letters: readonly DeadLetter[]) => CardView {
  const name = scope.source
  const consumes = [...new Set(scope.subscriptions().flatMap(({ patterns }) => patterns))]
  const definitions = [...catalog]
  const publishes = definitions.filter(({ producer }) => producer === name).map(({ type }) => type)
  const heard = definitions
    .map(({ type }) => type)
    .filter((type) => consumes.some((pattern) => matches(pattern, type)))

  return (letters) => ({
    name,
    consumes,
    publishes,
    ...(elsewhere?.() ?? doneHere(scope)),
    letters: letters.length,
    ...health(name),
    last: heard.map((type) => ledger.newest.get(type)).reduce(newer, undefined),
    state: stateLine(),
    needsCare: needsCare?.() ?? false,
  })
}

function doneHere(scope: Module['scope']): Pick<CardView, 'place' | 'handled' | 'failures'> {
  return { place: undefined, handled: total(scope, 'delivered'), failures: total(scope, 'failures') }
}

function total(scope: Module['scope'], count: 'delivered' | 'failures'): number {
  return scope.subscriptions().reduce((sum, subscription) => sum + subscription[count], 0)
}

function newer(a: BusEvent | undefined, b: BusEvent | undefined): BusEvent | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return b.time > a.time ? b : a
}
