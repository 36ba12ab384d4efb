import { type Entry, seenIdsOf } from './arrivals.ts'
import { isBusError } from './errors.ts'
import type { BusEvent } from './event.ts'
import type { Inlet } from './inlet.ts'
import type { Outbox } from './outbox.ts'
import { Redactor } from './redactor.ts'
import type { SeenIds } from './seen-ids.ts'
import type { Outcome } from './transport.ts'
import { encode, MAX_DEPTH, type WireEvent } from './wire.ts'

export interface DeparturesOptions {
  readonly inlet: Inlet
  /** As signals call the bridge. */
  readonly link: string
  readonly outbox: Outbox
  readonly relay: boolean
  readonly maxBytes: number
  /** Sends what is declared as sensitive, too. */
  readonly reveal: boolean
  /** The bridge, as arrivals remember it. */
  readonly over: object
}

/** The way out over one bridge: says what goes, and encodes it. */
export class Departures {
  readonly #inlet: Inlet
  readonly #link: string
  readonly #outbox: Outbox
  readonly #relay: boolean
  readonly #maxBytes: number
  readonly #reveal: boolean
  readonly #redactor: Redactor
  readonly #over: object
  readonly #seen: SeenIds<Entry, Outcome>

  constructor({ inlet, link, outbox, relay, maxBytes, reveal, over }: DeparturesOptions) {
    this.#inlet = inlet
    this.#link = link
    this.#outbox = outbox
    this.#relay = relay
    this.#maxBytes = maxBytes
    this.#reveal = reveal
    this.#redactor = new Redactor((topic) => inlet.definitionOf(topic))
    this.#over = over
    this.#seen = seenIdsOf(inlet)
  }

  /**
   * Resolves when the link has accepted the event, rejects with `link-failed`; undefined when it does not go. Throws what
   * `encode` throws. Synchronous as far as encoding: what a handler changes later in the data does not leave.
   */
  readonly carry = (event: BusEvent): Promise<unknown> | undefined => {
    const origin = this.#originOf(event)
    if (origin === undefined) return undefined
    const accepted = this.#outbox.add(this.#encode(event, origin))
    if (accepted === undefined) this.#overflow(event)
    return accepted
  }

  /** The bus that published the event; undefined when it must not go out here. */
  #originOf({ id, hops }: BusEvent): string | undefined {
    if (hops === 0) return this.#inlet.id
    if (!this.#relay) return undefined
    const entry = this.#seen.from(id)
    if (entry === undefined) return undefined // not an arrival but a replay: those stay here
    if (entry.over === this.#over) return undefined
    return entry.origin ?? this.#inlet.id
  }

  #encode(event: BusEvent, origin: string): WireEvent {
    try {
      if (this.#reveal) return encode(event, origin, this.#maxBytes)
      const redacted = this.#redactor.redacted(event, { depth: MAX_DEPTH, bytes: this.#maxBytes })
      const paths = redacted === event ? [] : this.#redactor.pathsOf(event)
      return encode(redacted, origin, this.#maxBytes, paths)
    } catch (error) {
      if (isBusError(error)) this.#inlet.tell({ type: 'refused', error, link: this.#link })
      throw error
    }
  }

  #overflow(event: BusEvent): void {
    const { limit: capacity, dropped } = this.#outbox
    if (dropped === 1) this.#inlet.tell({ type: 'overflow', memory: 'outbox', capacity })
    this.#inlet.tell({ type: 'dropped', event, reason: 'outbox' })
  }
}
