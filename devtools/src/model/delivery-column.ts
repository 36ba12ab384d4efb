import { type Delivery, type DeliveryChain, follow } from './delivery.ts'
import { Names } from './names.ts'

const NONE = 0

/**
 * Deliveries by the slots of a ring. One that was handled at the first call is all there is to most events: it is kept as
 * three numbers, since what stays in memory by the thousand is what recording costs. The others hang in chains.
 */
export class DeliveryColumn {
  readonly #names = new Names(10_000)
  /** Of the handler; 0 for none. */
  readonly #handler: Uint16Array
  /** NaN when it was not timed. */
  readonly #ms: Float64Array
  readonly #after: Float64Array
  readonly #chains: (DeliveryChain | undefined)[]
  readonly #most: number

  /** `most` deliveries are kept of an event. */
  constructor(capacity: number, most: number) {
    this.#handler = new Uint16Array(capacity)
    this.#ms = new Float64Array(capacity)
    this.#after = new Float64Array(capacity)
    this.#chains = Array.from({ length: capacity })
    this.#most = most
  }

  /** Newest first. */
  at(slot: number): DeliveryChain | undefined {
    return this.#chains[slot] ?? this.#first(slot)
  }

  /** The same, without what is no more than handled at once. */
  chainAt(slot: number): DeliveryChain | undefined {
    return this.#chains[slot]
  }

  add(slot: number, delivery: DeliveryChain): void {
    const earlier = this.at(slot)
    if (earlier === undefined && this.#fits(slot, delivery)) return
    if (earlier === undefined || earlier.place + 1 < this.#most)
      this.#chains[slot] = follow(delivery, earlier)
  }

  forget(slot: number): void {
    this.#handler[slot] = NONE
    this.#chains[slot] = undefined
  }

  clear(): void {
    this.#handler.fill(NONE)
    this.#chains.fill(undefined)
  }

  /** Puts it into the columns, if it is one of those. */
  #fits(slot: number, delivery: Delivery): boolean {
    if (delivery.fate !== 'handled' || delivery.attempt !== 1) return false
    this.#handler[slot] = this.#names.numberOf(delivery.handler) // 0 for a name that has no place
    if (this.#handler[slot] === NONE) return false
    this.#ms[slot] = delivery.ms ?? Number.NaN
    this.#after[slot] = delivery.after
    return true
  }

  #first(slot: number): DeliveryChain | undefined {
    const number = this.#handler[slot]!
    if (number === NONE) return undefined
    const ms = this.#ms[slot]!
    return {
      fate: 'handled',
      handler: this.#names.nameOf(number),
      ms: Number.isNaN(ms) ? undefined : ms,
      attempt: 1,
      after: this.#after[slot]!,
      earlier: undefined,
      place: 0,
    }
  }
}
