import {
  type AnyDefinition,
  bridge,
  type Bus,
  type BusError,
  type BusEvent,
  type Catalog,
  type Clock,
  createBus,
  type Draft,
  type Port,
  type Transport,
  type WireEvent,
} from '@heliobus/core'

export interface DrafterOptions<D extends AnyDefinition> {
  readonly catalog: Catalog<D>
  readonly source: string
  readonly clock: Clock
  readonly reveal: boolean
}

/** An event as it will travel, and the key that its order is kept for. */
export interface Drafted {
  readonly wire: WireEvent
  readonly key: string | undefined
}

/**
 * Checks, seals and encodes events without publishing them. It is a bus of its own, to which nobody subscribes, and a bridge
 * out of it: so a draft goes the way of every event, and what is declared as sensitive is masked by the one who masks it.
 */
export class Drafter {
  readonly #bus: Bus
  readonly #left = new Map<string, WireEvent>()

  private constructor(bus: Bus) {
    this.#bus = bus
  }

  static async open<D extends AnyDefinition>({ reveal, ...options }: DrafterOptions<D>): Promise<Drafter> {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- drafts are typed by who makes them
    const bus = createBus({ ...options, history: { capacity: 0 } }) as unknown as Bus
    const drafter = new Drafter(bus)
    await bridge(bus, drafter.#exit, { send: ['**'], reveal })
    return drafter
  }

  /** Of somebody who wants nothing. */
  get interest(): Port['interest'] {
    return this.#bus.inlet.interest$
  }

  /** All or none. Throws what publishing throws, and `wire-unsupported` or `wire-too-large` for what can't travel. */
  async draft(drafts: readonly Draft[]): Promise<readonly Drafted[]> {
    const events = this.#publish(drafts)
    await this.#bus.drain()
    return events.map(({ id, key }) => ({ wire: this.#take(id), key }))
  }

  /** What can't travel is refused meanwhile. */
  #publish(drafts: readonly Draft[]): readonly BusEvent[] {
    let refused: BusError | undefined
    const watch = this.#bus.tap$.subscribe((signal) => {
      if (signal.type === 'refused') refused ??= signal.error
    })
    try {
      const events = drafts.map((draft) => this.#bus.publish(draft))
      if (refused !== undefined) throw refused
      return events
    } finally {
      watch.unsubscribe()
    }
  }

  #take(id: string): WireEvent {
    const wire = this.#left.get(id)!
    this.#left.delete(id)
    return wire
  }

  close(): Promise<void> {
    return this.#bus.close()
  }

  readonly #exit: Transport = {
    name: 'outbox',
    traits: { ordered: true, durable: false, acknowledges: false, zone: 'network' },
    open: async () => ({
      send: (events) => {
        for (const event of events) this.#left.set(event.id, event)
      },
      close: async () => undefined,
    }),
  }
}
