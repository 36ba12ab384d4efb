import { BusError, isBusError } from './errors.ts'
import { type BusEvent, hop } from './event.ts'
import type { Acceptance, Inlet } from './inlet.ts'
import { joinedSignal } from './joined-signal.ts'
import { Router } from './router.ts'
import { SeenIds } from './seen-ids.ts'
import type { DropReason } from './signal.ts'
import { isInternal } from './topic.ts'
import type { Delivery, NotedDelivery } from './deliveries.ts'
import type { Outcome, Settling } from './transport.ts'
import { type Arrival, decode } from './wire.ts'

/** How an event came to this bus. */
export interface Entry {
  /** The bus that published it; undefined for an event from elsewhere. */
  readonly origin: string | undefined
  /** The bridge that it came over. */
  readonly over: object
}

export interface ArrivalsOptions {
  readonly inlet: Inlet
  /** As signals call the bridge. */
  readonly link: string
  readonly accept: readonly string[]
  readonly maxBytes: number
  /** The bridge, for the memory of what came over it. */
  readonly over: object
}

/** An event that has crossed more bridges than this goes in circles. */
const MAX_HOPS = 4

const nothing: Outcome = { handled: 0, failed: [] }

const seenByBus = new WeakMap<Inlet, SeenIds<Entry, Outcome>>()

/** What a bus remembers of arrivals: one memory for all of its bridges. */
export function seenIdsOf(inlet: Inlet): SeenIds<Entry, Outcome> {
  const known = seenByBus.get(inlet)
  if (known !== undefined) return known
  const overflowed = (capacity: number): void =>
    inlet.tell({ type: 'overflow', memory: 'seen-ids', capacity })
  const seen = new SeenIds<Entry, Outcome>({ clock: inlet.clock, overflowed })
  seenByBus.set(inlet, seen)
  return seen
}

/** The way in over one bridge: decodes what comes, and lets each event pass once. */
export class Arrivals {
  readonly #inlet: Inlet
  readonly #link: string
  readonly #over: object
  readonly #maxBytes: number
  readonly #wanted = new Router<{ readonly priority: 0; readonly order: 0 }, undefined>(() => undefined)
  readonly #seen: SeenIds<Entry, Outcome>
  #last: { readonly delivery: Delivery; readonly noted: NotedDelivery } | undefined = undefined

  constructor({ inlet, link, accept, maxBytes, over }: ArrivalsOptions) {
    this.#inlet = inlet
    this.#link = link
    this.#over = over
    this.#maxBytes = maxBytes
    this.#seen = seenIdsOf(inlet)
    for (const pattern of accept) this.#wanted.add(pattern, { priority: 0, order: 0 })
  }

  /**
   * Never rejects. Synchronous as far as calling the handlers, so that events are handled in the order in which they come;
   * and when they are quick, altogether.
   */
  receive(message: unknown, delivery?: Delivery): Settling {
    try {
      const arrival = decode(message, this.#inlet.clock.now(), this.#maxBytes)
      return this.#admit(arrival, delivery)
    } catch (error) {
      return this.#refuse(error)
    }
  }

  #admit(arrival: Arrival, delivery: Delivery | undefined): Settling {
    const { origin } = arrival
    const event = hop(arrival.event)
    if (origin === this.#inlet.id) return this.#drop(event, 'echo')
    if (event.hops > MAX_HOPS) return this.#drop(event, 'hops')
    if (!this.#wants(event.type)) return nothing
    const passing = this.#seen.passing(event.id)
    if (passing === undefined && (isAgain(delivery) || !this.#seen.has(event.id)))
      return this.#pass(event, arrival, delivery)
    this.#drop(event, 'repeat')
    return passing ?? nothing
  }

  #pass(event: BusEvent, { origin, redacted }: Arrival, delivery: Delivery | undefined): Settling {
    const how = { redacted, delivery: delivery && this.#noted(delivery) }
    const accept = (): Settling => this.#accept(event, how)
    return this.#seen.pass(event.id, { origin, over: this.#over }, accept, isAccepted)
  }

  #accept(event: BusEvent, how: Acceptance): Settling {
    try {
      return this.#inlet.accept(event, this.#link, how)
    } catch (error) {
      return this.#refuse(error)
    }
  }

  /** Who loses the right to deliver an event ends its calls. Mostly it is the same for one event after the other. */
  #noted(delivery: Delivery): NotedDelivery {
    if (this.#last?.delivery !== delivery) this.#last = { delivery, noted: noted(delivery) }
    return this.#last.noted
  }

  /** Internal topics are not ignored but refused, by the bus. */
  #wants(type: string): boolean {
    return isInternal(type) || this.#wanted.match(type).values.length > 0
  }

  #drop(event: BusEvent, reason: DropReason): Outcome {
    this.#inlet.tell({ type: 'dropped', event, reason })
    return nothing
  }

  #refuse(error: unknown): Outcome {
    const known = isBusError(error)
      ? error
      : new BusError('wire-malformed', { reason: 'checking it failed' }, error)
    this.#inlet.tell({ type: 'refused', error: known, link: this.#link })
    return { ...nothing, refused: known.code, error: known }
  }
}

function isAccepted({ refused }: Outcome): boolean {
  return refused === undefined
}

function noted(delivery: Delivery): NotedDelivery {
  const { signal: losing } = delivery
  return losing === undefined ? delivery : { ...delivery, ending: (signal) => joinedSignal(losing, signal) }
}

/** What is delivered on purpose a second time passes although it has been seen. */
function isAgain(delivery: Delivery | undefined): boolean {
  return delivery !== undefined && (delivery.redelivered || delivery.target !== undefined)
}
