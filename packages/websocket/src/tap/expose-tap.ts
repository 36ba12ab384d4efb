import { type AnyBus, type BusEvent, isSecretName, Redactor, type Signal } from '@heliobus/core'
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { Gate } from '../hub/gate.ts'
import { CloseCode } from '../protocol/close-code.ts'
import { writeSignal } from '../tap-wire/signal-writer.ts'
import { GroupDesk } from './group-desk.ts'
import { tellNews } from './group-news.ts'
import { Payloads } from './payloads.ts'
import { RecentEvents } from './recent-events.ts'
import { type ExposeOptions, settingsOf, type TapSettings } from './settings.ts'
import { crowded, type TapHost, Viewer } from './viewer.ts'
import { WaitingSignals } from './waiting-signals.ts'

/** A tap that can be watched from other processes. */
export interface ExposedTap {
  /** Takes the upgrades of an HTTP server to `path` (default `/tap`). The returned function undoes it. */
  attach(server: Server, path?: string): () => void
  /** The same for one upgrade, for servers with a routing of their own. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** How many are watching. */
  readonly viewers: number
  /** Sends every viewer away, and takes no more. Twice is fine. Happens by itself when the bus closes. */
  close(): void
}

/** What is asked of a bus. */
export type TappedBus = Pick<AnyBus, 'tap$' | 'inlet'>

/**
 * Lets `remoteTap`, and so the devtools, watch a bus of this process: its signals, and the data of the events that a viewer
 * looks into. Signals go out in a batch each 100 ms of at most 100 KiB; what there is no room for is counted and told, and a
 * viewer that is too slow misses batches instead of filling this process's memory. Secrets are masked. While nobody
 * watches, the bus is not tapped and nothing is kept. Beside the bus it shows consumer groups. Throws `option-invalid` for
 * groups that can't be told apart.
 *
 * @example
 * const tap = exposeTap(bus, {
 *   origins: ['https://ops.example'],
 *   authorize: (_, { token }) => token !== undefined && isOperator(token),
 * })
 * tap.attach(server, '/tap')
 */
export function exposeTap(bus: TappedBus, options: ExposeOptions): ExposedTap {
  return new WebSocketTap(bus, options)
}

/** Connections that have not been let in yet. */
const STRANGERS = 50

/** The largest frame of a viewer, in bytes: a hello with its token. */
const LARGEST_FRAME = 8 * 1024

class WebSocketTap implements ExposedTap, TapHost {
  readonly settings: TapSettings
  readonly events: RecentEvents
  readonly groups: GroupDesk
  readonly #bus: TappedBus
  readonly #gate: Gate
  readonly #waiting: WaitingSignals
  readonly #guests = new Set<Viewer>()
  readonly #seated = new Set<Viewer>()
  readonly #forget: () => void
  #stop: (() => void) | undefined = undefined
  #isClosed = false

  constructor(bus: TappedBus, options: ExposeOptions) {
    this.#bus = bus
    this.settings = settingsOf(options, bus.inlet.clock)
    const { limits } = this.settings
    const redactor = new Redactor((topic) => bus.inlet.definitionOf(topic), options.isSecret ?? isSecretName)
    const payloads = new Payloads(redactor, limits.payloadBytes)
    this.events = new RecentEvents(payloads, limits.events)
    this.groups = new GroupDesk(this.settings.groups, { ...limits, clock: this.settings.clock, payloads })
    this.#waiting = new WaitingSignals(limits)
    this.#gate = new Gate({
      maxBytes: LARGEST_FRAME,
      hasRoom: () => !this.#isClosed && this.#guests.size < limits.viewers + STRANGERS,
      enter: (socket, request) => {
        const viewer = new Viewer(this, socket, request)
        this.#guests.add(viewer)
        viewer.begin()
      },
    })
    this.#forget = bus.inlet.whenClosed(() => {
      if (this.#stop === undefined) this.close() // else who watches hears the end first
    })
  }

  get viewers(): number {
    return this.#seated.size
  }

  attach(server: Server, path: string = '/tap'): () => void {
    return this.#gate.attach(server, path)
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#gate.upgrade(request, socket, head)
  }

  seat(viewer: Viewer): void {
    const { viewers } = this.settings.limits
    if (this.#seated.size >= viewers) throw crowded(viewers)
    this.#seated.add(viewer)
    this.#stop ??= this.#begin()
  }

  left(viewer: Viewer): void {
    this.#guests.delete(viewer)
    this.#seated.delete(viewer)
    if (this.#seated.size === 0) this.#end()
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#forget()
    this.#gate.detach()
    this.#tell() // how it ended
    for (const viewer of this.#guests) viewer.close(CloseCode.shutdown, 'the tap is closed')
  }

  #begin(): () => void {
    const { clock, limits, groups } = this.settings
    const take = (signal: Signal): void => this.#take(signal)
    const subscription = this.#bus.tap$.subscribe({ next: take, complete: () => this.close() })
    const silence = groups.map((group) => tellNews(group, () => clock.now(), take))
    let timer: unknown
    const goOn = (): void => {
      this.#tell()
      timer = clock.setTimeout(goOn, limits.every)
    }
    timer = clock.setTimeout(goOn, limits.every)
    return () => {
      subscription.unsubscribe()
      for (const stop of silence) stop()
      clock.clearTimeout(timer)
    }
  }

  #end(): void {
    this.#stop?.()
    this.#stop = undefined
    this.#waiting.clear()
    this.events.clear()
  }

  #take(signal: Signal): void {
    const event = newEventIn(signal)
    if (event !== undefined) this.events.add(event)
    try {
      this.#waiting.add(writeSignal(signal), signal.at)
    } catch {
      this.#waiting.leaveOut() // a getter of an error threw
    }
  }

  #tell(): void {
    const now = this.settings.clock.now()
    const batch = this.#waiting.take(now)
    for (const viewer of this.#seated) viewer.tell(batch, now)
  }
}

/** The event that a signal is the first to tell of. */
function newEventIn(signal: Signal): BusEvent | undefined {
  return signal.type === 'published' || signal.type === 'received' || signal.type === 'dropped'
    ? signal.event
    : undefined
}
