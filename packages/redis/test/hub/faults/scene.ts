import { type Bridge, bridge, type Bus, createBus } from '@heliobus/core'
import { until } from '@heliobus/testing'
import { webSocket } from '@heliobus/websocket'
import { setImmediate, setTimeout } from 'node:timers/promises'
import { WebSocket } from 'ws'
import type { RedisServer } from '../../../../../scripts/redis-server.mjs'
import { type Entry, Ledger, type Verdict } from '../../../../testing/test/faults/ledger.ts'
import { Proxy } from '../../../../testing/test/faults/proxy.ts'
import type { HubMutant, Told } from './hub-process-options.ts'
import { RemoteHub } from './remote-hub.ts'

export interface SceneOptions {
  readonly server: RedisServer
  readonly hubs?: number
  readonly mutant?: HubMutant | undefined
  readonly events?: number
  readonly appendWithin?: number
  /** How long to wait for the last event, in ms. */
  readonly deadline?: number
}

/** A client, which a balancer leads to one of the hubs. */
export interface Client {
  readonly ledger: Ledger
  readonly bus: Bus
  readonly network: Proxy
  readonly bridge: Bridge
  /** Which hub it comes to next. */
  hub: number
}

const CLIENTS = 3

/** Hubs in processes of their own, each with a network of its own to one Redis; clients in this one. */
export class Scene {
  readonly namespace: string = crypto.randomUUID()
  readonly clients: Client[] = []
  readonly hubs: RemoteHub[] = []
  /** Between each hub and Redis. */
  readonly networks: Proxy[] = []
  readonly #options: SceneOptions
  readonly #published: Entry[] = []
  readonly #failed = new Set<string>()
  #n = 0

  private constructor(options: SceneOptions) {
    this.#options = options
  }

  static async open(options: SceneOptions): Promise<Scene> {
    const scene = new Scene(options)
    const { hubs = 2, server } = options
    for (let at = 0; at < hubs; at++) scene.networks.push(await Proxy.to(() => server.port))
    await Promise.all(scene.networks.map((_, at) => scene.start(at)))
    for (let at = 0; at < CLIENTS; at++) scene.clients.push(await scene.#join(at))
    return scene
  }

  /** Starts a hub, or starts it again. */
  async start(at: number): Promise<void> {
    const { mutant, events, appendWithin } = this.#options
    const url = `redis://127.0.0.1:${this.networks[at]!.port}`
    const library = at % 2 === 0 ? 'node-redis' : 'ioredis'
    const more = { mutant, events, appendWithin }
    const options = {
      url,
      namespace: this.namespace,
      name: `hub${at}`,
      library,
      isFirst: this.hubs[at] === undefined,
      ...more,
    }
    this.hubs[at] = await RemoteHub.start(options, (told) => this.#heard(told))
  }

  /** Clients publish so many events each, a few per task. */
  async publish(count: number, clients: readonly Client[] = this.clients): Promise<void> {
    for (let done = 0; done < count; done++) {
      for (const client of clients) this.#publishOne(client)
      if (done % 5 === 4) await setImmediate()
    }
  }

  /** The same, and waits until a client has sent what it has published. */
  async publishAndSend(count: number, client: Client): Promise<void> {
    const { passed } = client.network
    const before = passed.up
    await this.publish(count)
    await until(() => passed.up > before + count * 200, 'it has sent them')
  }

  /** A client's connection is cut, and the balancer leads it elsewhere. */
  move(client: Client, hub: number, how: 'fin' | 'rst' = 'rst'): void {
    client.hub = hub
    client.network.cut(how)
  }

  /** Waits until everybody has what all others have published, or for the deadline; and then says what became of it. */
  async verdicts(): Promise<Readonly<Record<string, Verdict>>> {
    const { deadline = 20_000 } = this.#options
    const end = performance.now() + deadline
    const isDone = (): boolean => this.#ledgers().every(([, { verdict }]) => verdict.lost === 0)
    for (let wait = 10; !isDone() && performance.now() < end; wait += 10) await setTimeout(wait)
    await setTimeout(50) // what comes twice comes later
    return Object.fromEntries(this.#ledgers().map(([name, { verdict }]) => [name, verdict]))
  }

  /** What a client publishes gets there, but it does not hear so before it has moved. */
  async moveUnheard(client: Client, hub: number): Promise<void> {
    await client.bus.drain()
    const { swallows } = client.network
    swallows.down = true
    await this.#arrival(this.#publishOne(client))
    this.move(client, hub)
    swallows.down = false
  }

  /** Waits until everybody has an event that is published now. What was published before is not asked for any more. */
  async beginAnew(client: Client): Promise<void> {
    await this.#arrival(this.#publishOne(client))
    this.#published.length = 0
    for (const [, ledger] of this.#ledgers()) ledger.handled.length = ledger.gaps.length = 0
  }

  async #arrival(id: string): Promise<void> {
    const others = this.#ledgers().filter(([, { published }]) => published.at(-1)?.id === id)
    const hasIt = (): boolean => others.every(([, { handled }]) => handled.some((one) => one.id === id))
    await until(hasIt, 'everybody has the last event')
  }

  /** Each of those that live, and what it has been told of gaps. */
  get gaps(): Readonly<Record<string, readonly string[]>> {
    return Object.fromEntries(this.#ledgers().map(([name, { gaps }]) => [name, gaps]))
  }

  async close(): Promise<void> {
    await Promise.all(this.clients.map((client) => client.bridge.close({ timeout: 1 })))
    await Promise.all(this.clients.map(({ bus }) => bus.close()))
    await Promise.all(this.hubs.map((hub) => hub.kill()))
    const networks = [...this.networks, ...this.clients.map(({ network }) => network)]
    await Promise.all(networks.map((network) => network.close()))
  }

  /** Of all that live, with what the others have published. */
  #ledgers(): (readonly [string, Ledger])[] {
    const remote = this.hubs
      .filter(({ isAlive, isFirst }) => isAlive && isFirst)
      .map(({ name, ledger }) => [name, ledger] as const)
    const local = this.clients.map(({ bus, ledger }) => [bus.source, ledger] as const)
    for (const [name, ledger] of [...remote, ...local]) {
      ledger.published.splice(0, Infinity, ...this.#published.filter(({ key }) => key !== name))
      for (const id of this.#failed) ledger.failed.add(id)
    }
    return [...remote, ...local]
  }

  #heard(told: Told): void {
    if ('published' in told) this.#published.push(told.published)
    else if ('failed' in told) this.#failed.add(told.failed)
  }

  #publishOne({ bus }: Client): string {
    const { id } = bus.publish('work.done', { n: this.#n }, { subject: bus.source })
    this.#published.push({ id, key: bus.source, n: this.#n++ })
    return id
  }

  async #join(at: number): Promise<Client> {
    const name = `client${at}`
    const network = await Proxy.to(() => this.hubs[client.hub]!.port)
    const bus = createBus({ source: name, logger: { log: () => undefined } })
    const ledger = new Ledger()
    bus.subscribe<'**'>('**', ({ id, subject, data, hops }) => {
      if (hops > 0) ledger.handled.push({ id, key: subject!, n: Number(Reflect.get(Object(data), 'n')) })
    })
    bus.tap$.subscribe((signal) => {
      if (signal.type === 'gap') ledger.gaps.push(signal.reason)
      if (signal.type === 'dropped' && signal.reason === 'repeat') ledger.repeats++
      if (signal.type === 'failed') this.#failed.add(signal.event.id)
    })
    const hub = at % this.hubs.length
    const client: { -readonly [K in keyof Client]: Client[K] } = {
      ledger,
      bus,
      network,
      bridge: undefined!,
      hub,
    }
    const url = `ws://127.0.0.1:${network.port}/bus`
    client.bridge = await bridge(bus, webSocket(url, { WebSocket, token: name, random: () => 0.02 }), {
      send: ['**'],
    })
    return client
  }
}
