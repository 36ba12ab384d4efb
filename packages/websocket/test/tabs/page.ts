// Runs in a page: what a tab of a shop does, told from outside.
import { type Bridge, bridge, type Bus, type BusEvent, createBus, type Transport } from '@heliobus/core'
import { type KeptOutboxMutant, sabotagedLocks, sabotagedSocket } from './page-sabotage.ts'
import { webSocket } from '../../src/client/index.ts'
import { indexedDbOutbox, type IndexedDbOutboxOptions } from '../../src/indexeddb/index.ts'

export interface TabOptions {
  readonly url: string
  readonly name: string
  /** Undefined: in memory. */
  readonly outbox?: IndexedDbOutboxOptions
  readonly mutant?: KeptOutboxMutant | undefined
}

/** What a page tells about one event: accepted, or the code of why not. */
export type Told = readonly [id: string, key: string, n: number, said: string]

declare global {
  /** Put here by whoever drives the page. */
  function tell(told: readonly Told[]): Promise<void>
}

const bus: Bus = createBus({ source: 'page', logger: { log: () => undefined } })
const heard: unknown[] = []
const gaps: string[] = []
let joint: Bridge | undefined

function transportOf({ url, name, outbox, mutant }: TabOptions): Transport {
  const WebSocket = sabotagedSocket(mutant)
  const kept = outbox && indexedDbOutbox(name, { ...outbox, ...sabotagedLocks(mutant) })
  return webSocket(url, { WebSocket, random: () => 0.02, ...(kept && { outbox: kept }) })
}

async function join(options: TabOptions): Promise<void> {
  bus.subscribe<'**'>('**', ({ id, hops }) => void (hops > 0 && heard.push(id)))
  bus.tap$.subscribe((signal) => void (signal.type === 'gap' && gaps.push(signal.reason)))
  joint = await bridge(bus, transportOf(options), { send: ['**'] })
}

/** Publishes so many, some a task; tells of each when it is known what became of it. */
async function publish(key: string, first: number, count: number, batch = 5): Promise<void> {
  const told: Promise<unknown>[] = []
  for (let n = first; n < first + count; n += batch) {
    const events = Array.from({ length: Math.min(batch, first + count - n) }, (_, more) =>
      bus.publish('work.done', { n: n + more }, { subject: key }),
    )
    told.push(...events.map((event, more) => follow(event, key, n + more)))
    await new Promise((resolve) => setTimeout(resolve))
  }
  await Promise.all(told)
}

async function follow(event: BusEvent, key: string, n: number): Promise<void> {
  const { outcomes } = await bus.settled(event)
  const error = outcomes.find(({ status }) => status !== 'handled')?.error
  const cause: unknown = error === undefined ? undefined : Reflect.get(error as object, 'cause')
  const code = cause === undefined ? 'failed' : String(Reflect.get(cause as object, 'code'))
  await tell([[event.id, key, n, error === undefined ? 'accepted' : code]])
}

const tab = {
  join,
  publish,
  heard: (): readonly unknown[] => heard,
  gaps: (): readonly string[] => gaps,
  status: (): string | undefined => joint?.status,
  close: (): Promise<void> | undefined => joint?.close(),
}

export type Tab = typeof tab

Object.assign(globalThis, { tab })
