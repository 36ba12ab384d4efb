import type { BusEvent, Secrecy } from '@heliobus/core'
import { Redaction, type RedactionOptions } from '../../model/redaction.ts'

/** One event is looked at at a time: there is time for its secrets. */
const VALUES = 1_000_000

/** Events as they are shown: a screen is seen by more eyes, and ends up in more pictures, than a process. */
export class Discretion {
  readonly #redaction: Redaction
  readonly #shown = new WeakMap<BusEvent, BusEvent>()

  constructor(definitionOf: RedactionOptions['definitionOf']) {
    this.#redaction = new Redaction({ definitionOf, values: VALUES })
  }

  /** The event without its secrets; itself when it holds none. */
  shown(event: BusEvent): BusEvent {
    const known = this.#shown.get(event)
    if (known !== undefined) return known
    const data = this.#redaction.of(event)
    const shown = data === event.data ? event : { ...event, data }
    this.#shown.set(event, shown)
    return shown
  }

  /** What must not be read of such events, for who reads only a little of many. */
  secrecyOn(type: string): Secrecy {
    return this.#redaction.secrecyOn(type)
  }
}
