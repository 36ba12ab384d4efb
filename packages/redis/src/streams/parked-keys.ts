import type { Entry } from './entry.ts'
import type { StreamLetter } from './letter.ts'
import type { Tenure } from './tenure.ts'

/** What stands beside a blocked key: why, as a letter in JSON, or one of these, said by who wants it to go on. */
export const RELEASED = 'released'
/** The first is to be left out: with the letter behind it. */
export const SKIPPED = 'skipped '

/** The keys of a shard whose events are kept back, as its owner knows them. */
export class ParkedKeys {
  readonly #tenure: Tenure
  readonly #states = new Map<string, string>()

  constructor(tenure: Tenure) {
    this.#tenure = tenure
  }

  has(key: string): boolean {
    return this.#states.has(key)
  }

  /** What Redis has; true when the key is to go on, and was not before. */
  heard(key: string, state: string): boolean {
    const isNews = this.#states.get(key) !== state
    this.#states.set(key, state)
    return isNews && (state === RELEASED || state.startsWith(SKIPPED))
  }

  /** The letter of the first, when it is to be left out. */
  skipped(key: string): StreamLetter | undefined {
    const state = this.#states.get(key) ?? ''
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by `block` alone
    return state.startsWith(SKIPPED) ? (JSON.parse(state.slice(SKIPPED.length)) as StreamLetter) : undefined
  }

  /** Its first entry failed: this one. */
  async block(key: string, entry: Entry, letter: StreamLetter): Promise<void> {
    const why = JSON.stringify(letter)
    await this.#tenure.park(entry.id, key, JSON.stringify(entry), why)
    this.#states.set(key, why)
  }

  /** What was released failed once more. */
  async blockAgain(key: string, letter: StreamLetter): Promise<void> {
    const why = JSON.stringify(letter)
    await this.#tenure.block(key, why)
    this.#states.set(key, why)
  }

  /** Puts a later one behind it. False: the key is not blocked any more. */
  async park(key: string, entry: Entry): Promise<boolean> {
    const isParked = await this.#tenure.park(entry.id, key, JSON.stringify(entry), '')
    if (!isParked) this.#states.delete(key)
    return isParked
  }

  async first(key: string): Promise<Entry | undefined> {
    const first = await this.#tenure.parkedFirst(key)
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by `park` alone
    return first === undefined ? undefined : (JSON.parse(first) as Entry)
  }

  /** The first one is done with. True while others are left. */
  async remove(key: string, letters: readonly StreamLetter[]): Promise<boolean> {
    if (this.skipped(key) !== undefined) await this.#goOn(key)
    const texts = letters.map((letter) => JSON.stringify(letter))
    const left = await this.#tenure.unpark(key, texts)
    if (left === 0) this.#states.delete(key)
    return left > 0
  }

  async #goOn(key: string): Promise<void> {
    await this.#tenure.block(key, RELEASED)
    this.#states.set(key, RELEASED)
  }
}
