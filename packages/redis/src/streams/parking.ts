import type { Entry } from './entry.ts'
import type { StreamLetter } from './letter.ts'
import { ParkedKeys } from './parked-keys.ts'
import type { Persistence } from './persistence.ts'
import type { StreamSignal } from './signal.ts'
import type { Tenure } from './tenure.ts'
import type { Verdict } from './verdict.ts'

export interface ParkingParts {
  readonly tenure: Tenure
  readonly persistence: Persistence
  /** What the handlers make of an entry that was parked. */
  readonly attempt: (entry: Entry, key: string) => Promise<Verdict>
  readonly mayHandle: () => boolean
  readonly tell: (signal: StreamSignal) => void
}

/** The keys of a shard that are blocked: what comes of them is parked, and handled when they are let go. */
export class Parking {
  readonly #parts: ParkingParts
  readonly #keys: ParkedKeys

  constructor(parts: ParkingParts) {
    this.#parts = parts
    this.#keys = new ParkedKeys(parts.tenure)
  }

  has(key: string): boolean {
    return this.#keys.has(key)
  }

  /** What Redis has; true when the key is to go on, and was not before. */
  heard(key: string, state: string): boolean {
    return this.#keys.heard(key, state)
  }

  async block(key: string, entry: Entry, [letter]: readonly StreamLetter[]): Promise<void> {
    await this.#keys.block(key, entry, letter!)
    this.#parts.tell({ type: 'blocked', shard: this.#shard, key, letter: letter! })
  }

  /** False: the key is not blocked any more. */
  async park(key: string, entry: Entry): Promise<boolean> {
    let isParked = true
    await this.#parts.persistence.until(async () => void (isParked = await this.#keys.park(key, entry)))
    return isParked
  }

  /** What was parked of a key is handled, in order, until all is or one fails. */
  free(key: string): Promise<void> {
    const { persistence, mayHandle } = this.#parts
    return persistence.until(async () => {
      let goesOn = mayHandle()
      while (goesOn) {
        const first = await this.#keys.first(key)
        goesOn = first !== undefined && (await this.#freeOne(key, first)) && mayHandle()
      }
    })
  }

  get #shard(): number {
    return this.#parts.tenure.keys.shard
  }

  /** False: no further. */
  async #freeOne(key: string, entry: Entry): Promise<boolean> {
    const skipped = this.#keys.skipped(key)
    if (skipped !== undefined) return this.#unpark(key, [skipped])
    const verdict = await this.#parts.attempt(entry, key)
    if (verdict.act === 'leave') return false
    if (verdict.act === 'acknowledge') return this.#unpark(key, [])
    if (verdict.act === 'bury') return this.#unpark(key, verdict.letters)
    const [letter] = verdict.letters
    await this.#keys.blockAgain(key, letter!)
    this.#parts.tell({ type: 'blocked', shard: this.#shard, key, letter: letter! })
    return false
  }

  async #unpark(key: string, letters: readonly StreamLetter[]): Promise<boolean> {
    const goesOn = await this.#keys.remove(key, letters)
    for (const letter of letters) this.#parts.tell({ type: 'buried', shard: this.#shard, letter })
    if (!goesOn) this.#parts.tell({ type: 'freed', shard: this.#shard, key })
    return goesOn
  }
}
