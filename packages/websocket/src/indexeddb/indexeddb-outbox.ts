import { BusError, type WireEvent } from '@heliobus/core'
import type { KeptOutbox, OpenOutbox, Uplink } from '../client/kept-outbox.ts'
import { toLetter } from '../client/outbox.ts'
import { Flusher, type Locks } from './flusher.ts'
import { OutboxStore } from './outbox-store.ts'

export interface IndexedDbOutboxOptions {
  /** Events that may wait. Default 10,000. */
  readonly events?: number
  /** Characters of JSON that may wait. Default 16 million. */
  readonly characters?: number
  /** Each event waits until the browser has written it to the disk: then it also survives a power cut. Default false. */
  readonly isSynced?: boolean
  /** Default the platform's. */
  readonly locks?: Locks
}

export interface IndexedDbOutbox extends KeptOutbox {
  /** Events that are in it, of all pages that share it. Rejects with `outbox-failed`. */
  waiting(): Promise<number>
}

/**
 * Keeps what is published in the database of this name until the hub has it: over a reload, a crash, and however long the hub
 * is away. All pages of the origin that give the same name share it; one of them sends, in the order in which it was written,
 * and another goes on when that one is gone. What one user has published must not be sent as another: put the user into the
 * name.
 *
 * An event is accepted when it is in the database. When there is no room it is not, and fails with `outbox-full`. What the hub
 * refuses later is told as a gap. Throws `option-invalid`. Opening it rejects with `outbox-failed` where there is no IndexedDB or
 * no Web Locks.
 *
 * @example
 * webSocket('wss://shop.example/bus', { outbox: indexedDbOutbox(`shop of ${user.id}`) })
 */
export function indexedDbOutbox(name: string, options: IndexedDbOutboxOptions = {}): IndexedDbOutbox {
  const { events = 10_000, characters = 16_000_000, isSynced = false } = options
  refuseBelowOne({ events, characters })
  const durability = isSynced ? 'strict' : 'relaxed'
  const openStore = (): OutboxStore => new OutboxStore({ name, events, characters, durability })
  let looking: OutboxStore | undefined
  return {
    name,
    waiting: () => (looking ??= openStore()).waiting(),
    async open(uplink) {
      const locks = options.locks ?? platformLocks(name)
      const store = openStore()
      await store.waiting() // says now what is wrong with the database
      return new SharedOutbox(name, store, uplink, locks)
    },
  }
}

function refuseBelowOne(options: Readonly<Record<string, number>>): void {
  for (const [option, value] of Object.entries(options))
    if (!(value >= 1)) throw new BusError('option-invalid', { option, reason: 'must be a number from 1' })
}

function platformLocks(outbox: string): Locks {
  const { locks }: { readonly locks?: Locks } = globalThis.navigator ?? {}
  if (locks !== undefined) return locks
  const cause = new Error('this page has no Web Locks: is it served over https?')
  throw new BusError('outbox-failed', { outbox }, cause)
}

class SharedOutbox implements OpenOutbox {
  readonly #store: OutboxStore
  readonly #flusher: Flusher
  /** Tells the page that sends. */
  readonly #channel: BroadcastChannel
  #isClosed = false

  constructor(name: string, store: OutboxStore, uplink: Uplink, locks: Locks) {
    const lock = `heliobus outbox ${name}`
    this.#store = store
    this.#flusher = new Flusher({ store, uplink, locks, lock })
    this.#channel = new BroadcastChannel(lock)
    this.#channel.addEventListener('message', () => this.#flusher.look())
  }

  async keep(events: readonly WireEvent[]): Promise<void> {
    await this.#store.append(events.map(toLetter))
    this.#flusher.look()
    if (!this.#isClosed) this.#channel.postMessage('more')
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#channel.close()
    await this.#flusher.stop()
    await this.#store.close()
  }
}
