import type { Link, LinkStatus, Port, WireEvent } from '@heliobus/core'
import type { Connector } from '../client/connector.ts'
import { Echo } from '../client/echo.ts'
import type { KeptOutbox, OpenOutbox, Sender } from '../client/kept-outbox.ts'
import type { Place } from '../protocol/frames.ts'
import { Leader } from './leader.ts'
import { Members, type TabLocks } from './members.ts'
import { TabChannel, type TabMessage } from './messages.ts'
import { Track } from './track.ts'

export interface LeaderLinkOptions {
  readonly connector: Connector
  readonly port: Port
  readonly outbox: KeptOutbox
  readonly locks: TabLocks
  /** Where an earlier link left off. */
  readonly place: Place | undefined
}

/** How long a tab waits to hear of a leader, in ms: then it counts as open, and lost. */
const LEADER_WITHIN = 10_000
const GONE = 'the tab that had the connection is gone'

/** One tab: follows the leader, until it is the leader itself. */
export class LeaderLink implements Link {
  readonly #options: LeaderLinkOptions
  readonly #tab: string = crypto.randomUUID()
  readonly #channel: TabChannel
  readonly #members: Members
  readonly #track = new Track()
  readonly #echo = new Echo()
  readonly #first: Promise<void>
  #settle!: { readonly resolve: () => void; readonly reject: (error: unknown) => void }
  #outbox: OpenOutbox | undefined = undefined
  #leader: Leader | undefined = undefined
  #patterns: readonly string[] = []
  #status: 'open' | 'lost' | undefined = undefined
  #asked: (patterns: readonly string[]) => void = () => undefined
  #stop: () => void = () => undefined
  #isOver = false

  constructor(options: LeaderLinkOptions) {
    const { outbox, locks, connector, port, place } = options
    this.#options = { ...options, port: { ...port, receive: this.#echo.without(port) } }
    this.#channel = new TabChannel(outbox.name, (message) => this.#heard(message))
    const changed = (): void => this.#asked(this.#members.patterns)
    this.#members = new Members({ name: outbox.name, locks, clock: connector.clock, changed })
    this.#first = new Promise((resolve, reject) => (this.#settle = { resolve, reject }))
    this.#first.catch(() => undefined) // `open` tells
    this.#begin(place)
  }

  get place(): Place | undefined {
    return this.#track.place
  }

  /** Resolves when there is a leader that has tried to connect. Rejects when this tab is it, and the hub does not let it in. */
  async open(): Promise<void> {
    try {
      await this.#members.join(this.#tab)
      const interest = this.#options.port.interest.subscribe((patterns) => this.#want(patterns))
      this.#stop = () => interest.unsubscribe()
      this.#channel.post({ type: 'who' })
      this.#outbox = await this.#openOutbox()
      await this.#patiently(this.#first)
    } catch (error) {
      await this.close()
      throw error
    }
  }

  send(events: readonly WireEvent[]): Promise<void> {
    if (this.#isOver) throw new Error('the link is closed')
    this.#echo.sent(events)
    return this.#outbox!.keep(events)
  }

  async close(): Promise<void> {
    this.#isOver = true
    this.#stop()
    await this.#outbox?.close()
    this.#members.leave()
    this.#channel.close()
  }

  #openOutbox(): Promise<OpenOutbox> {
    const { outbox, connector, port } = this.#options
    return outbox.open({
      clock: connector.clock,
      random: connector.random,
      connect: (session) => this.#lead(session),
      refused: ({ type }, reason) => port.gap(`the hub did not take ${type}: ${reason}`, 1),
      ended: (error) => this.#giveUp(error),
    })
  }

  /** Whoever sends has the connection: there is one of them. */
  async #lead(session: string): Promise<Sender> {
    const { connector, port } = this.#options
    if (this.#status === 'open') this.#tell('lost', GONE)
    await this.#members.complete(() => this.#channel.post({ type: 'who' }))
    this.#leader = new Leader({
      connector,
      port,
      interest: { subscribe: (next) => this.#follow(next) },
      place: this.#track.place,
      post: (message) => this.#channel.post(message),
      report: (status, detail) => this.#report(status, detail),
      moved: (place) => this.#track.moveTo(place),
    })
    return this.#leader.open(session)
  }

  /** What all tabs want, to the connection. */
  #follow(next: (patterns: readonly string[]) => void): { unsubscribe(): void } {
    this.#asked = next
    next(this.#members.patterns)
    return { unsubscribe: () => (this.#asked = () => undefined) }
  }

  #want(patterns: readonly string[]): void {
    this.#patterns = patterns
    this.#members.heard(this.#tab, patterns)
    this.#sayHere()
  }

  #sayHere(): void {
    const [tab, patterns, { place }] = [this.#tab, this.#patterns, this.#track]
    this.#channel.post({ type: 'here', tab, patterns, place })
  }

  #heard(message: TabMessage): void {
    if (this.#isOver) return
    if (message.type === 'here') this.#meet(message)
    else if (message.type === 'who') this.#answer()
    else if (message.type === 'events') this.#receive(message)
    else if (message.type === 'gap') this.#options.port.gap(message.reason, message.missing)
    else this.#hearStatus(message)
  }

  #meet({ tab, patterns, place }: TabMessage & { readonly type: 'here' }): void {
    this.#members.heard(tab, patterns)
    this.#begin(place)
  }

  #answer(): void {
    this.#sayHere()
    if (this.#leader === undefined || this.#status === undefined) return
    this.#channel.post({ type: 'status', status: this.#status, place: this.#leader.place })
  }

  #receive({ after, place, events }: TabMessage & { readonly type: 'events' }): void {
    const { port } = this.#options
    if (this.#track.misses(after)) port.gap(GONE)
    for (const event of events) void port.receive(event)
    this.#track.moveTo(place)
  }

  #hearStatus({ status, place }: TabMessage & { readonly type: 'status' }): void {
    this.#begin(place)
    this.#tell(status, 'the leader says so')
  }

  /** A tab that is new is where the others are. */
  #begin(place: Place | undefined): void {
    if (place !== undefined && this.#track.place === undefined) this.#track.moveTo(place)
  }

  #report(status: LinkStatus, detail: unknown): void {
    if (status === 'closed') return this.#giveUp(detail)
    if (status !== 'open' && status !== 'lost') return
    this.#tell(status, detail)
    this.#channel.post({ type: 'status', status, place: this.#leader?.place })
  }

  #tell(status: 'open' | 'lost', detail: unknown): void {
    this.#status = status
    this.#options.port.report(status, detail)
    this.#settle.resolve()
  }

  /** The hub does not let this tab in. Another may have a better token. */
  #giveUp(error: unknown): void {
    if (this.#isOver) return
    this.#settle.reject(error)
    void this.close()
    this.#options.port.report('closed', String(error))
  }

  async #patiently(first: Promise<void>): Promise<void> {
    const { clock } = this.#options.connector
    const timer = clock.setTimeout(() => this.#tell('lost', 'no tab has a connection'), LEADER_WITHIN)
    await first.finally(() => clock.clearTimeout(timer))
  }
}
