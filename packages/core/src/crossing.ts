import { of } from 'rxjs'
import { Arrivals } from './arrivals.ts'
import { Departures } from './departures.ts'
import { BusError } from './errors.ts'
import type { Inlet } from './inlet.ts'
import { Outbox } from './outbox.ts'
import type { LinkStatus } from './signal.ts'
import type { Subscription } from './subscription.ts'
import { MANY } from './topic.ts'
import type { Link, Port, Transport } from './transport.ts'

/** What a bridge was asked for, complete and checked. */
export interface CrossingOptions {
  readonly send: readonly string[]
  readonly accept: readonly string[]
  readonly relay: boolean
  readonly maxBytes: number
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
    this.#forget = inlet.whenClosed(() => void this.close())
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
    try {
      this.#link = await this.#openLink()
      this.#forwarding = this.#forward(this.#link)
      this.#report('open')
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
      throw new BusError('link-refused', { transport: this.name }, error)
    }
  }

  #forward(link: Link): Subscription {
    ...
  }
}
