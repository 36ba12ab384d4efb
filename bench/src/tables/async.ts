import { createBus } from '@heliobus/core'
import Emittery from 'emittery'
import { payload } from '../exact-entry.ts'
import { brief, find, median, ratio, spread } from '../figures.ts'
import { distinctHandler } from '../handler.ts'
import type { Loop } from '../loop.ts'
import { type Entry, measure } from '../measure.ts'
import { atLeast, type Table } from '../table.ts'

const TOPIC = 'user.created'
const GROUP = 100

/** Waits for all that runs after every 100, and at the end. */
function grouped(start: () => unknown, wait: () => Promise<unknown>): Loop {
  return async (count) => {
    for (let i = 1; i <= count; i++) {
      start()
      if (i % GROUP === 0) await wait()
    }
    await wait()
  }
}

const keyed = 'heliobus: publish under 128 keys, drain after 100'
const awaited = 'emittery: emit, awaited each'
/** Events of one key wait for each other. */
const subjects = Array.from({ length: 128 }, (_, key) => ({ subject: `user-${key}` }))

function ours(): Entry[] {
  const bus = createBus()
  bus.subscribe(TOPIC, distinctHandler('async'))
  const publish = (): ReturnType<typeof bus.publish> => bus.publish(TOPIC, payload)
  const each = async (count: number): Promise<void> => {
    for (let i = 0; i < count; i++) await bus.settled(publish())
  }
  let next = 0
  const publishKeyed = (): unknown => bus.publish(TOPIC, payload, subjects[next++ & 127])
  return [
    { name: 'heliobus: publish, settled after each', run: each },
    { name: 'heliobus: publish, drain after 100', run: grouped(publish, () => bus.drain()) },
    { name: keyed, run: grouped(publishKeyed, () => bus.drain()) },
  ]
}

function theirs(): Entry[] {
  const emitter = new Emittery<Record<string, object>>()
  emitter.on(TOPIC, distinctHandler('async'))
  const each = async (count: number): Promise<void> => {
    for (let i = 0; i < count; i++) await emitter.emit(TOPIC, payload)
  }
  let running: Promise<void>[] = []
  const start = (): unknown => running.push(emitter.emit(TOPIC, payload))
  const wait = (): Promise<unknown> => {
    const all = Promise.all(running)
    running = []
    return all
  }
  return [
    { name: awaited, run: each },
    { name: 'emittery: emit, all awaited after 100', run: grouped(start, wait) },
  ]
}

export const asynchronous: Table = {
  async run(effort) {
    const entries = [...ours(), ...theirs()].map((entry) => ({ ...entry, deliveries: 1 }))
    const series = await measure(entries, effort)
    return {
      title: 'One async handler that resolves at once',
      columns: ['what', 'ns', 'p10–p90'],
      rows: series.map(({ name, values }) => [name, brief(median(values)), spread(values)]),
      bars: [
        atLeast(
          3,
          'an async handler with a lane per key, to emittery’s awaited emit',
          ratio(find(series, { name: awaited }), find(series, { name: keyed })),
        ),
      ],
    }
  },
}
