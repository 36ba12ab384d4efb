import type { BusEvent, ClockOffset, Signal } from '@heliobus/core'

const KEPT = 2_000

interface Sight {
  readonly at: number
  readonly hops: number
}

/**
 * What events that were seen at both ends tell of two clocks: nothing arrives before it was sent. Times of `there` are of
 * the other clock, ms.
 */
export class Crossings {
  readonly #sent = { here: new Sights(), there: new Sights() }
  readonly #came = { here: new Sights(), there: new Sights() }
  #least = Number.NEGATIVE_INFINITY
  #most = Number.POSITIVE_INFINITY

  /** How far the clocks are apart, as far as that can be told. */
  get offset(): ClockOffset {
    return { least: this.#least, most: this.#most }
  }

  note(where: 'here' | 'there', signal: Signal): void {
    const { type } = signal
    if (type !== 'published' && type !== 'received') return
    const { event, at } = signal
    const [own, other] = type === 'published' ? [this.#sent, this.#came] : [this.#came, this.#sent]
    own[where].add(event, at)
    const met = other[where === 'here' ? 'there' : 'here'].find(event)
    const [sent, came] =
      type === 'published' ? [{ at, hops: event.hops }, met] : [met, { at, hops: event.hops }]
    if (sent === undefined || came === undefined || sent.hops >= came.hops) return
    const sentHere = (type === 'published') === (where === 'here')
    if (sentHere) this.#least = Math.max(this.#least, sent.at - came.at)
    else this.#most = Math.min(this.#most, came.at - sent.at)
  }

  /** Begins anew: a clock may have drifted, or been set. */
  forget(): void {
    this.#least = Number.NEGATIVE_INFINITY
    this.#most = Number.POSITIVE_INFINITY
  }
}

/** When the newest events were seen. */
class Sights {
  readonly #sights = new Map<string, Sight>()

  add({ id, hops }: BusEvent, at: number): void {
    this.#sights.set(id, { at, hops })
    if (this.#sights.size > KEPT) this.#sights.delete(this.#sights.keys().next().value!)
  }

  find({ id }: BusEvent): Sight | undefined {
    return this.#sights.get(id)
  }
}
