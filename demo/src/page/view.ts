import type { BusEvent, LinkStatus } from '@heliobus/core'
import { catalog } from '../catalog/catalog.ts'
import type { Observatory } from '../observatory.ts'
import { type CardView, createCard } from './card-view.ts'

/** What the page shows, at one moment. */
export interface View {
  /** The same while nothing that changes by itself has changed. */
  readonly mark: string
  readonly link: LinkStatus
  readonly isRunning: boolean
  /** Events a second that the simulation is set to. */
  readonly pace: number
  readonly published: number
  readonly arrived: number
  readonly totals: Totals
  readonly types: readonly TypeView[]
  readonly newest: readonly BusEvent[]
  readonly cards: readonly CardView[]
}

interface Totals {
  readonly published: number
  readonly delivered: number
  readonly failures: number
  readonly unhandled: number
  /** Events a second. */
  readonly rate: number
}

export interface TypeView {
  readonly type: string
  readonly count: number
  readonly rate: number
}

const ROWS = 50
const types = [...catalog].map(({ type }) => type)

/** Looks at the observatory; answers with the same view while nothing has changed. */
export function createSampler({
  bus,
  link,
  ledger,
  modules,
  simulation,
}: Observatory): (before?: View) => View {
  const cards = modules.map((module) => createCard(module, ledger))
  return (before) => {
    const { published, delivered, failures, unhandled, byType } = bus.stats()
    const typeViews = types.map((type) => ({
      type,
      count: byType[type]?.published ?? 0,
      rate: byType[type]?.rate ?? 0,
    }))
    const totals = { published, delivered, failures, unhandled, rate: sum(typeViews) }
    const status = {
      link: link?.status ?? ('closed' as const),
      isRunning: simulation.isRunning,
      pace: simulation.rate,
    }
    const mark = JSON.stringify([status, totals])
    if (before?.mark === mark) return before
    return {
      ...status,
      mark,
      published: ledger.published,
      arrived: ledger.arrived,
      totals,
      types: typeViews,
      newest: bus.history('**', { limit: ROWS }),
      cards: cards.map((card) => card()),
    }
  }
}

function sum(views: readonly TypeView[]): number {
  return views.reduce((total, { rate }) => total + rate, 0)
}
