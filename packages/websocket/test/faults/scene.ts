import { type Bridge, bridge, type Bus, createBus } from '@heliobus/core'
import { until } from '@heliobus/testing'
import { setImmediate } from 'node:timers/promises'
import type { WebSocketOptions } from '../../src/client/index.ts'
import type { HubOptions } from '../../src/hub/index.ts'
import { SCALE } from '../../../testing/test/faults/scale.ts'
import { client, createWorld, urlOf, type World } from '../world.ts'
import { Ledger, type Verdict } from '../../../testing/test/faults/ledger.ts'
import { Proxy } from '../../../testing/test/faults/proxy.ts'
import { type Mutant, sabotaged } from './sabotage.ts'

export interface SceneOptions {
  readonly hub?: () => Partial<HubOptions> | Promise<Partial<HubOptions>>
  readonly client?: WebSocketOptions
  readonly mutant?: Mutant | undefined
  /** How long to wait for the last event, in ms. */
  readonly deadline?: number
}

/** A bus that publishes and one that handles, each with a network of its own to the hub between them. */
export interface Scene {
  readonly ledger: Ledger
  /** The networks of the publisher and of the handler. */
  readonly networks: readonly [Proxy, Proxy]
  readonly world: World
  readonly sender: Bus
  readonly receiver: Bus
  readonly bridges: readonly [Bridge, Bridge]
  /** Publishes so many events, a few per task. */
  publish(count: number): Promise<void>
  /** Publishes one more event, and waits until it is handled: then all before it should have been. */
  verdict(): Promise<Verdict>
  /** The hub dies without a word, and another one takes its place. */
  restartHub(): Promise<void>
  close(): Promise<void>
}

const KEYS = 7

export async function createScene(options: SceneOptions = {}): Promise<Scene> {
  const ledger = new Ledger()
  let world = await createWorld(await options.hub?.())
  const networks = [await Proxy.to(() => world.port), await Proxy.to(() => world.port)] as const
  const logger = { log: () => undefined }
  const [sender, receiver] = [
    createBus({ source: 'sender', logger }),
    createBus({ source: 'receiver', logger }),
  ]
  const join = (bus: Bus, network: Proxy): Promise<Bridge> => {
    const transport = client(urlOf(network), {
      random: () => 0.02,
      WebSocket: sabotaged(options.mutant),
      ...options.client,
    })
    return bridge(bus, transport, { send: ['**'] })
  }
  follow(sender, receiver, ledger)
  const bridges = [await join(sender, networks[0]), await join(receiver, networks[1])] as const
  let n = 0

  function publishOne(type: string): string {
    const key = `k${n % KEYS}`
    const { id } = sender.publish(type, { n }, { subject: key })
    ledger.published.push({ id, key, n: n++ })
    return id
  }

  return {
    ledger,
    networks,
    sender,
    receiver,
    bridges,
    get world() {
      return world
    },
    async publish(count) {
      for (let done = 0; done < count; done++) {
        publishOne('work.done')
        if (done % 5 === 4) await setImmediate()
      }
    },
    async verdict() {
      const last = publishOne('work.over')
      const { deadline = 10_000 * SCALE } = options
      await until(() => ledger.handled.some(({ id }) => id === last), 'the last event is handled', deadline)
      return ledger.verdict
    },
    async restartHub() {
      const { port, server } = world
      server.close()
      for (const network of networks) network.cut('rst')
      await world.close()
      world = await createWorld(await options.hub?.(), port)
    },
    async close() {
      await Promise.all(bridges.map((one) => one.close({ timeout: 1 })))
      await Promise.all([sender.close(), receiver.close()])
      await Promise.all(networks.map((network) => network.close()))
      await world.close()
    },
  }
}

function follow(sender: Bus, receiver: Bus, ledger: Ledger): void {
  receiver.subscribe<'**'>('**', ({ id, subject, data }) => {
    ledger.handled.push({ id, key: subject!, n: Number(Reflect.get(Object(data), 'n')) })
  })
  receiver.tap$.subscribe((signal) => {
    if (signal.type === 'gap') ledger.gaps.push(signal.reason)
    if (signal.type === 'dropped' && signal.reason === 'repeat') ledger.repeats++
  })
  sender.tap$.subscribe((signal) => {
    if (signal.type === 'failed' || signal.type === 'dropped') ledger.failed.add(signal.event.id)
  })
}
