import { createBus } from '@heliobus/core'
import Emittery from 'emittery'
import { payload } from '../exact-entry.ts'
import { brief, median, spread } from '../figures.ts'
import { distinctHandler } from '../handler.ts'
import type { Loop } from '../loop.ts'
import { type Entry, measure } from '../measure.ts'
import type { Table } from '../table.ts'

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

function ours(): Entry[] {
  const bus = createBus()
  bus.subscribe(TOPIC, distinctHandler('async'))
  const publish = (): ReturnType<typeof bus.publish> => bus.publish(TOPIC, payload)
  const each = async (count: number): Promise<void> => {
    for (let i = 0; i < count; i++) await bus.settled(publish())
  }
  return [
    { name: 'heliobus: publish, settled after each', run: each },
    { name: 'heliobus: publish, drain after 100', run: grouped(publish, () => bus.drain()) },
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
    { name: 'emittery: emit, awaited each', run: each },
    { name: 'emittery: emit, all awaited after 100', run: grouped(start, wait) },
  ]
}

/** Measured for the record; its bar comes with the lanes. */
export const asynchronous: Table = {
  async run(effort) {
    const entries = [...ours(), ...theirs()].map((entry) => ({ ...entry, deliveries: 1 }))
    const series = await measure(entries, effort)
    return {
      title: 'One async handler that resolves at once',
      columns: ['what', 'ns', 'p10–p90'],
      rows: series.map(({ name, values }) => [name, brief(median(values)), spread(values)]),
      bars: [],
    }
  },
}
