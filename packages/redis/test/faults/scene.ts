import { type Bus, bridge, createBus } from '@heliobus/core'
import { until } from '@heliobus/testing'
import { setImmediate, setTimeout } from 'node:timers/promises'
import type { RedisServer } from '../../../../scripts/redis-server.mjs'
import { Ledger } from '../../../testing/test/faults/ledger.ts'
import { Proxy } from '../../../testing/test/faults/proxy.ts'
import { type PubSubLimits, type RedisClient, redisPubSub } from '../../src/index.ts'
import { type Mutant, sabotaged } from './sabotage.ts'

export interface SceneOptions {
  readonly server: RedisServer
  readonly clientOf: (url: string) => RedisClient
  readonly limits?: PubSubLimits
  readonly mutant?: Mutant | undefined
  /** How long to wait for the last event, in ms. */
  readonly deadline?: number
}

/** What became of all events that were sent. All zeros is what is promised. */
export interface Account {
  /** Neither handled nor counted in a gap; below zero: counted although it was handled. */
  readonly unaccounted: number
  readonly foreign: number
  readonly twice: number
  readonly disordered: number
  readonly repeats: number
}

export const balanced: Account = { unaccounted: 0, foreign: 0, twice: 0, disordered: 0, repeats: 0 }

/** A bus that publishes and one that handles, each with a network of its own to the Redis between them. */
export interface Scene {
  readonly ledger: Ledger
  /** The networks of the publisher and of the handler. */
  readonly networks: readonly [Proxy, Proxy]
  readonly sender: Bus
  readonly receiver: Bus
  /** What was told of the links, oldest first. */
  readonly statuses: { readonly sender: string[]; readonly receiver: string[] }
  /** Events counted in gaps. */
  readonly missing: number
  /** Publishes so many events, a few per task. */
  publish(count: number, padding?: string): Promise<void>
  /** When both links are open, publishes more events, and waits until the last of them is handled: then all before should have been. */
  account(): Promise<Account>
  close(): Promise<void>
}

const KEYS = 7

export async function createScene(options: SceneOptions): Promise<Scene> {
  const { server, clientOf, limits, mutant, deadline = 10_000 } = options
  const ledger = new Ledger()
  const networks = [await Proxy.to(() => server.port), await Proxy.to(() => server.port)] as const
  const logger = { log: () => undefined }
  const [sender, receiver] = [createBus({ logger }), createBus({ logger })]
  const statuses = { sender: followLink(sender), receiver: followLink(receiver) }
  const namespace = crypto.randomUUID()
  const join = (bus: Bus, { port }: Proxy) => {
    const client = sabotaged(clientOf(`redis://127.0.0.1:${port}`), mutant)
    const transport = redisPubSub({ client, namespace, random: () => 0.02, ...(limits && { limits }) })
    return bridge(bus, transport, { send: ['**'] })
  }
  let missing = 0
  let n = 0
  receiver.subscribe<'**'>('**', ({ id, subject, data }) => {
    ledger.handled.push({ id, key: subject!, n: Number(Reflect.get(Object(data), 'n')) })
  })
  receiver.tap$.subscribe((signal) => {
    if (signal.type === 'gap') ledger.gaps.push(signal.reason)
    if (signal.type === 'gap') missing += signal.missing ?? 0
    if (signal.type === 'dropped' && signal.reason === 'repeat') ledger.repeats++
  })
  sender.tap$.subscribe((signal) => {
    if (signal.type === 'failed' || signal.type === 'dropped') ledger.failed.add(signal.event.id)
  })
  const bridges = [await join(sender, networks[0]), await join(receiver, networks[1])]

  function publishOne(type: string, padding?: string): string {
    const key = `k${n % KEYS}`
    const { id } = sender.publish(type, { n, padding }, { subject: key })
    ledger.published.push({ id, key, n: n++ })
    return id
  }

  const first = publishOne('work.begun') // who was never heard can't be missed
  await until(() => ledger.handled.some(({ id }) => id === first), 'the first event is handled')

  return {
    ledger,
    networks,
    sender,
    receiver,
    statuses,
    get missing() {
      return missing
    },
    async publish(count, padding) {
      for (let done = 0; done < count; done++) {
        publishOne('work.done', padding)
        if (done % 5 === 4) await setImmediate()
      }
    },
    async account() {
      const areOpen = () => bridges.every(({ status }) => status === 'open')
      await until(areOpen, 'both links are open', deadline)
      // A fault that is not noticed yet may take the event that was meant to be the last: then another one is it.
      const marks: string[] = []
      const isHandled = (mark: string | undefined) => ledger.handled.some(({ id }) => id === mark)
      const end = performance.now() + deadline
      while (!marks.some(isHandled) && performance.now() < end) {
        marks.push(publishOne('work.over'))
        await setTimeout(10)
      }
      await until(() => isHandled(marks.at(-1)), 'the last event is handled', deadline)
      const { foreign, twice, disordered, repeats } = ledger.verdict
      const handled = new Set(ledger.handled.map(({ id }) => id)).size
      return { unaccounted: ledger.published.length - handled - missing, foreign, twice, disordered, repeats }
    },
    async close() {
      for (const network of networks) network.cut('rst') // nothing that is swallowed is waited for
      await Promise.all(bridges.map((one) => one.close({ timeout: 1 })))
      await Promise.all([sender.close(), receiver.close()])
      await Promise.all(networks.map((network) => network.close()))
    },
  }
}

function followLink(bus: Bus): string[] {
  const statuses: string[] = []
  bus.tap$.subscribe((signal) => signal.type === 'link' && statuses.push(signal.status))
  return statuses
}
