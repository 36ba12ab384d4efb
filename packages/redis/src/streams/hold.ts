import { Bell } from './bell.ts'
import { type Entry, sizeOf } from './entry.ts'
import type { Room } from './tenure.ts'

/** What was read of a shard and is not acknowledged: bounded, so that neither memory nor a takeover grows without end. */
export class Hold {
  /** Rung when there is more room. */
  readonly bell: Bell = new Bell()
  readonly #window: Room
  readonly #sizes = new Map<string, number>()
  #characters = 0

  constructor(window: Room) {
    this.#window = window
  }

  get size(): number {
    return this.#sizes.size
  }

  get room(): Room {
    const { entries, characters } = this.#window
    return { entries: entries - this.#sizes.size, characters: characters - this.#characters }
  }

  get isFull(): boolean {
    const { entries, characters } = this.room
    return entries <= 0 || characters <= 0
  }

  has(id: string): boolean {
    return this.#sizes.has(id)
  }

  add(entry: Entry): void {
    this.#sizes.set(entry.id, sizeOf(entry))
    this.#characters += sizeOf(entry)
  }

  letGo(id: string): void {
    this.#characters -= this.#sizes.get(id) ?? 0
    this.#sizes.delete(id)
    this.bell.ring()
  }
}
