import type { DeadLetters } from '@heliobus/core'
import type { ListedLetter } from '../../model/listed-letter.ts'
import type { FarLetters, FarOutcome } from '../../remote/far-letters.ts'
import { isFar } from './is-far.ts'
import { type Fate, fateOf, fateText, Tally } from './tally.ts'

/** What became of a letter that was handed on, and when (epoch ms). */
export interface Told {
  readonly fate: Fate
  readonly at: number
}

export interface DeedsOptions {
  readonly letters: DeadLetters
  /** Those of consumer groups; `undefined` while no other process is watched. */
  readonly far: () => FarLetters | undefined
  /** Epoch ms. */
  readonly now: () => number
  /** Called when something has ended. */
  readonly changed: () => void
}

const TOLD = 1_000
const redriving = { goesOn: 'Redriving', done: 'Redriven' }
const discarding = { goesOn: 'Discarding', done: 'Discarded' }

/** What is done with dead letters, and how it ended. */
export class Deeds {
  /** Ids of letters that are with their handlers, or with another process. */
  readonly underWay: Set<string> = new Set()
  readonly #options: DeedsOptions
  readonly #told = new Map<string, Told>()
  #tally: Tally | undefined = undefined
  #remark = ''

  constructor(options: DeedsOptions) {
    this.#options = options
  }

  /** What was done last; '' before anything was. */
  get remark(): string {
    return this.#tally?.text ?? this.#remark
  }

  /** What became of a letter when it was handed on from here. */
  toldOf(id: string): Told | undefined {
    return this.#told.get(id)
  }

  /** Whether all of them may be acted on from here. */
  mayAct(letters: readonly ListedLetter[]): boolean {
    const far = this.#options.far()
    return letters.every((letter) => !isFar(letter) || far?.mayAct(letter) === true)
  }

  /** Hands letters to their handlers, all at once: each takes its turn there. */
  redrive(letters: readonly ListedLetter[]): void {
    const idle = letters.filter(({ id }) => !this.underWay.has(id))
    const tally = new Tally(redriving, idle.length)
    this.#tally = tally
    for (const letter of idle) if (!isFar(letter)) void this.#redriveOne(letter, tally)
    void this.#actFar('redrive', idle, tally, 'handed on')
  }

  discard(letters: readonly ListedLetter[]): void {
    let count = 0
    for (const letter of letters) if (!isFar(letter)) count += discarded(this.#options.letters, letter.id)
    this.#tally = undefined
    this.#remark = `Discarded ${count} ${count === 1 ? 'letter' : 'letters'}`
    if (!letters.some(isFar)) return
    this.#tally = new Tally(discarding, letters.length)
    this.#tally.count(GONE, count)
    void this.#actFar('discard', letters, this.#tally, GONE)
  }

  async #redriveOne({ id }: ListedLetter, tally: Tally): Promise<void> {
    const { letters, now, changed } = this.#options
    this.underWay.add(id)
    const fate = await letters.redrive(id).then(([done]) => done?.status ?? 'gone', fateOf)
    this.underWay.delete(id)
    tally.count(fateText(fate))
    this.#told.set(id, { fate, at: now() })
    if (this.#told.size > TOLD) this.#told.delete(this.#told.keys().next().value!)
    changed()
  }

  /** Does it with those of consumer groups. */
  async #actFar(
    action: 'redrive' | 'discard',
    letters: readonly ListedLetter[],
    tally: Tally,
    end: string,
  ): Promise<void> {
    const [own, far] = [letters.filter(isFar), this.#options.far()]
    if (own.length === 0 || far === undefined) return
    for (const { id } of own) this.underWay.add(id)
    countOutcome(tally, await far.act(action, own), end)
    for (const { id } of own) this.underWay.delete(id)
    this.#options.changed()
  }
}

const GONE = 'for good'

function countOutcome(tally: Tally, { done, gone, left, failure }: FarOutcome, end: string): void {
  tally.count(end, done)
  tally.count('gone already', gone)
  tally.count(`still here: ${failure}`, left)
}

/** 1, or 0 for a letter that was gone already. */
function discarded(letters: DeadLetters, id: string): number {
  try {
    return letters.discard(id)
  } catch {
    return 0
  }
}
