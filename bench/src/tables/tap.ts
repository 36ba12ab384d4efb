import { type AnyBus, createBus, type Signal } from '@heliobus/core'
import type { Contender } from '../contender.ts'
import { exactEntry } from '../exact-entry.ts'
import { brief, difference, median, type Series, spread } from '../figures.ts'
import { measure } from '../measure.ts'
import { atMost, type Table } from '../table.ts'

const EVENTS_PER_SECOND = 10_000

function withTap(name: string, use: (bus: AnyBus) => void): Contender {
  return {
    name,
    make() {
      const bus = createBus()
      use(bus)
      return {
        subscribe: (pattern, handler) => bus.subscribe(pattern, handler),
        unsubscribe: () => undefined,
        publish: (topic, data) => bus.publish(topic, data),
      }
    },
  }
}

const never = withTap('tap never used', () => undefined)
const left = withTap('tap left again', (bus) => bus.tap$.subscribe().unsubscribe())
const recording = withTap('tap recorded', (bus) => bus.tap$.subscribe(recorder()))

/** What a devtools panel does while it is closed: it keeps the newest signals. */
function recorder(): (signal: Signal) => void {
  const ring: (Signal | undefined)[] = Array.from({ length: 16_384 }, () => undefined)
  let at = 0
  return (signal) => {
    ring[at++ & 16_383] = signal
  }
}

/** As many buses of each: where a bus lies in memory makes more difference than what is looked for here. */
const BUSES = 5

/** Of each round, the median of the buses. */
function middle({ name }: Contender, series: readonly Series[]): Series {
  const own = series.filter((one) => one.name === name)
  const values = own[0]!.values.map((_, round) => median(own.map((one) => one.values[round]!)))
  return { name, values }
}

export const tap: Table = {
  async run(effort) {
    const all = [never, left, recording]
    const entries = all.flatMap((one) => Array.from({ length: BUSES }, () => exactEntry(one, 1)))
    const series = await measure(entries, effort)
    const [base, idle, busy] = [middle(never, series), middle(left, series), middle(recording, series)]
    const share = difference(busy, base).values.map((ns) => (ns * EVENTS_PER_SECOND) / 1e7)
    return {
      title: 'What the tap costs: publish with one handler',
      columns: ['tap', 'ns', 'p10–p90', 'ns more'],
      rows: [base, idle, busy].map((one) => [
        one.name,
        brief(median(one.values)),
        spread(one.values),
        brief(median(difference(one, base).values)),
      ]),
      bars: [
        atMost(5, 'idle tap', difference(idle, base), 'ns'),
        atMost(1, 'recording 10,000 events/s, of the main thread', { name: 'share', values: share }, '%'),
      ],
    }
  },
}
