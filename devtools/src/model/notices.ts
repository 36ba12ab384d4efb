import type { Signal } from '@heliobus/core'
import type { DeliverySignal } from './delivery-of.ts'

type Told = 'published' | 'received' | 'unhandled' | 'dropped' | 'alert' | DeliverySignal['type']

/**
 * Signals that are about no single event and have no place of their own: links, gaps, refusals, subscriptions that come and
 * go, slow handlers, warnings.
 */
export type Notice = Exclude<Signal, { readonly type: Told }>

const KEPT = 1_000

/** The newest 1,000 notices. */
export class Notices {
  #list: Notice[] = []
  #discarded = 0

  /** Oldest first. */
  get list(): readonly Notice[] {
    return this.#list
  }

  /** How many had no place. */
  get discarded(): number {
    return this.#discarded
  }

  add(notice: Notice): void {
    this.#list.push(notice)
    if (this.#list.length < 2 * KEPT) return
    this.#list = this.#list.slice(KEPT)
    this.#discarded += KEPT
  }

  clear(): void {
    this.#list = []
    this.#discarded = 0
  }
}
