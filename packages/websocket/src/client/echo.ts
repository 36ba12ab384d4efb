import type { Port, WireEvent } from '@heliobus/core'

/** Ids remembered. What comes back later than that the bus drops, if it is its own. */
const REMEMBERED = 20_000

/** For links whose events go out over another session: the hub sends them back, as those of anybody else. */
export class Echo {
  readonly #sent = new Set<unknown>()

  sent(events: readonly WireEvent[]): void {
    for (const event of events) this.#sent.add(idOf(event))
    for (const id of this.#sent) {
      if (this.#sent.size <= REMEMBERED) return
      this.#sent.delete(id)
    }
  }

  /** Receives what others have sent. */
  without({ receive }: Pick<Port, 'receive'>): Port['receive'] {
    return async (event, delivery) =>
      this.#sent.has(idOf(event)) ? { handled: 0, failed: [] } : receive(event, delivery)
  }
}

/** A transport carries whatever it is given. */
function idOf(event: unknown): unknown {
  const { id = event }: { readonly id?: unknown } = Object(event)
  return id
}
