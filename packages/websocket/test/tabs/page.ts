// Runs in a page: what a tab of a shop does, told from outside.
import {
  type Bridge,
  bridge,
  type Bus,
  createBus,
  type Link,
  type Transport,
  type WireEvent,
} from '@heliobus/core'
import { type KeptOutboxMutant, sabotagedLocks, sabotagedSocket } from './page-sabotage.ts'
import { webSocket } from '../../src/client/index.ts'
import { leaderTab } from '../../src/leader/index.ts'
import {
  indexedDbOutbox,
  type IndexedDbOutbox,
  type IndexedDbOutboxOptions,
} from '../../src/indexeddb/index.ts'

export interface TabOptions {
  readonly url: string
  readonly name: string
  /** Undefined: in memory. */
  readonly outbox?: IndexedDbOutboxOptions | undefined
  /** One tab has the connection for all. */
  readonly leads?: boolean
  /** Patterns. Default everything. */
  readonly wants?: readonly string[]
  readonly mutant?: KeptOutboxMutant | undefined
}

/** What a page tells about one event: accepted, or the code of why not. */
export type Told = readonly [id: string, key: string, n: number, said: string]

declare global {
  /** Put here by whoever drives the page. */
  function tell(told: readonly Told[]): Promise<void>
}

const bus: Bus = createBus({ source: 'page', logger: { log: () => undefined } })
/** The numbers of what others have published, by key. */
const heard: Record<string, unknown[]> = {}
const gaps: string[] = []
const dropped: string[] = []
let joint: Bridge | undefined

let kept: IndexedDbOutbox | undefined

function transportOf({ url, name, outbox, mutant, leads }: TabOptions): Transport {
  const WebSocket = sabotagedSocket(mutant)
  const common = { WebSocket, random: () => 0.02 }
  kept = outbox && indexedDbOutbox(name, { ...outbox, ...sabotagedLocks(mutant) })
  if (kept === undefined) return webSocket(url, common)
  return leads ? leaderTab(url, { ...common, outbox: kept }) : webSocket(url, { ...common, outbox: kept })
}

async function join(options: TabOptions): Promise<void> {
  for (const pattern of options.wants ?? ['**'])
    bus.subscribe<string>(pattern, ({ subject, data, hops }) => {
      if (hops > 0) (heard[subject!] ??= []).push(Reflect.get(Object(data), 'n'))
    })
  bus.tap$.subscribe((signal) => {
    if (signal.type === 'gap') gaps.push(signal.reason)
    if (signal.type === 'dropped') dropped.push(signal.reason)
  })
  joint = await bridge(bus, telling(transportOf(options)), { send: ['**'] })
}

/** Tells of each event what became of it on its way out. */
function telling(transport: Transport): Transport {
  return {
    ...transport,
    async open(port) {
      const link = await transport.open(port)
      return { send: (events) => follow(link, events), close: () => link.close() }
    },
  }
}

async function follow(link: Link, events: readonly WireEvent[]): Promise<void> {
  const said = await Promise.resolve(link.send(events)).then(
    () => 'accepted',
    (error: unknown) => String(Reflect.get(Object(error), 'code')),
  )
  const told = events.map(({ id, subject, data }): Told => [
    id,
    subject!,
    Reflect.get(Object(data), 'n'),
    said,
  ])
  await tell(told)
}

/** Publishes so many, some a task. Resolves when it is known what became of them. */
async function publish(key: string, first: number, count: number, batch = 5): Promise<void> {
  for (let n = first; n < first + count; n++) {
    bus.publish('work.done', { n }, { subject: key })
    if (n % batch === batch - 1) await new Promise((resolve) => setTimeout(resolve))
  }
  await bus.drain({ timeout: 60_000 })
}

const tab = {
  join,
  publish,
  heard: (key: string): readonly unknown[] => heard[key] ?? [],
  gaps: (): readonly string[] => gaps,
  /** Why the bus took no notice of what came. */
  dropped: (): readonly string[] => dropped,
  status: (): string | undefined => joint?.status,
  waiting: (): Promise<number> | undefined => kept?.waiting(),
  close: (): Promise<void> | undefined => joint?.close(),
}

export type Tab = typeof tab

Object.assign(globalThis, { tab })
