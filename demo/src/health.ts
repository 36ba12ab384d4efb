import type { AnyBus, BusEvent, Signal } from '@heliobus/core'

/** What is wrong with a handler: its newest call has failed. */
export interface Trouble {
  readonly handler: string
  readonly event: BusEvent
  /** Which call it was, 1 for the first. */
  readonly attempt: number
  /** ms until the next; `undefined`: it has given up. */
  readonly retryIn: number | undefined
}

/** How a module fares. */
export interface Health {
  /** Failed calls that are, or will be, made again. */
  readonly retries: number
  /** The newest of a handler that has not succeeded since. */
  readonly trouble: Trouble | undefined
}

interface Chart {
  retries: number
  readonly troubles: Map<string, Trouble>
}

const well: Health = { retries: 0, trouble: undefined }

/** Watches the signals of a bus, as long as it lasts. Answers how a module fares, by its name. */
export function watchHealth({ tap$ }: Pick<AnyBus, 'tap$'>): (module: string) => Health {
  const charts = new Map<string, Chart>()

  tap$.subscribe((signal) => {
    if (signal.type === 'failed') note(chartOf(signal.subscription.scope, charts), signal)
    else if (signal.type === 'handled')
      charts.get(signal.subscription.scope)?.troubles.delete(signal.subscription.name)
  })

  return (module) => {
    const chart = charts.get(module)
    return chart === undefined
      ? well
      : { retries: chart.retries, trouble: [...chart.troubles.values()].at(-1) }
  }
}

function chartOf(module: string, charts: Map<string, Chart>): Chart {
  const chart = charts.get(module) ?? { retries: 0, troubles: new Map() }
  charts.set(module, chart)
  return chart
}

function note(chart: Chart, failure: Extract<Signal, { readonly type: 'failed' }>): void {
  const { subscription, event, attempt, retryIn } = failure
  if (retryIn !== undefined) chart.retries++
  chart.troubles.delete(subscription.name) // the newest stands last
  chart.troubles.set(subscription.name, { handler: subscription.name, event, attempt, retryIn })
}
