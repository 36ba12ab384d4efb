import { of } from 'rxjs'
import { Arrivals } from './arrivals.ts'
import { Departures } from './departures.ts'
import { atMost } from './deadline.ts'
import { BusError } from './errors.ts'
import type { Inlet } from './inlet.ts'
import { noteLink } from './links.ts'
import { Outbox } from './outbox.ts'
import type { LinkStatus } from './signal.ts'
import type { Subscription } from './handler.ts'
import { MANY } from './topic.ts'
import type { Link, Outcome, Port, Transport } from './transport.ts'

/** What a bridge was asked for, complete and checked. */
export interface CrossingOptions {
  readonly send: readonly string[]
  readonly accept: readonly string[]
  readonly relay: boolean
  readonly maxBytes: number
  readonly reveal: boolean
  readonly outbox: number
}

/** The joint of a bus and a transport: opens the link, follows its state, and ends with the bus. */
export class Crossing {
  readonly name: string
  readonly #inlet: Inlet
  readonly #transport: Transport
  readonly #options: CrossingOptions
  readonly #port: Port
  readonly #forget: () => void
  #status: LinkStatus | undefined = undefined
  #link: Link | undefined = undefined
  #outbox: Outbox | undefined = undefined
  #forwarding: Subscription | undefined = undefined
  #closed: Promise<void> | undefined = undefined

  constructor(inlet: Inlet, transport: Transport, options: CrossingOptions) {
    this.name = transport.name
    this.#inlet = inlet
    this.#transport = transport
    this.#options = options
    this.#port = this.#makePort()
    this.#forget = inlet.whenClosed(() => this.close())
  }

  get status(): LinkStatus {
    return this.#status ?? 'connecting'
  }

  get dropped(): number {
    return this.#outbox?.dropped ?? 0
  }

  /** Rejects with `link-refused`, `bus-closed`; then nothing is left open. */
  async open(): Promise<void> {
    this.#report('connecting')
    const link = await this.#openLink()
    if (this.#closed !== undefined) {
      await link.close()
      throw new BusError('bus-closed', { bus: this.#inlet.source })
    }
    this.#link = link
    try {
      this.#forwarding = this.#forward(link)
      if (this.#status === 'connecting') this.#report('open') // a transport that comes back may be lost already
    } catch (error) {
      await this.close()
      throw error
    }
  }

  close({ timeout = 5_000 }: { readonly timeout?: number } = {}): Promise<void> {
    return (this.#closed ??= this.#end(timeout))
  }

  async #openLink(): Promise<Link> {
    try {
      return await this.#transport.open(this.#port)
    } catch (error) {
      this.#report('closed', error)
      await this.close()
      throw new BusError('link-refused', { transport: this.name }, error)
    }
  }

  #forward(link: Link): Subscription {
    const { send, relay, maxBytes, reveal } = this.#options
    const outbox = new Outbox(link, this.#transport, this.#options.outbox)
    this.#outbox = outbox
    const common = { inlet: this.#inlet, link: this.name, over: this }
    const departures = new Departures({ ...common, outbox, relay, maxBytes, reveal })
    return this.#inlet.forward(`bridge ${this.name}`, send, departures.carry)
  }

  async #end(timeout: number): Promise<void> {
    this.#forget()
    this.#forwarding?.unsubscribe()
    if (this.#outbox !== undefined) await this.#empty(this.#outbox, timeout)
    const closing = this.#link?.close()
    this.#report('closed')
    await closing?.catch((error: unknown) => this.#tell('closed', error))
  }

  async #empty(outbox: Outbox, timeout: number): Promise<void> {
    if (outbox.held === 0) return
    await atMost(timeout, this.#inlet.clock, outbox.idle())
    if (outbox.held > 0) this.#gap(`closed before the other side had accepted them`, outbox.held)
  }

  #makePort(): Port {
    const { accept, relay, maxBytes } = this.#options
    const arrivals = new Arrivals({ inlet: this.#inlet, link: this.name, accept, maxBytes, over: this })
    const closed: Outcome = { handled: 0, failed: [], refused: 'bus-closed' }
    return {
      origin: this.#inlet.id,
      interest: relay || !accept.includes(MANY) ? of(accept) : this.#inlet.interest$,
      receive: (message, delivery) =>
        this.#closed === undefined ? arrivals.receive(message, delivery) : closed,
      report: (status, detail) => this.#report(status, detail),
      gap: (reason, missing) => this.#gap(reason, missing),
    }
  }

  /** A status that is no news is not told; and nothing comes after the end. */
  #report(status: LinkStatus, detail?: unknown): void {
    if (this.#status === 'closed' || this.#status === status) return
    this.#status = status
    noteLink(this.#inlet, this, { link: this.name, status, detail })
    this.#tell(status, detail)
  }

  #tell(status: LinkStatus, detail: unknown): void {
    this.#inlet.tell({ type: 'link', link: this.name, status, detail })
  }

  #gap(reason: string, missing: number | undefined): void {
    this.#inlet.tell({ type: 'gap', link: this.name, reason, missing })
  }
}
