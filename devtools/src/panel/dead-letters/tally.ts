import { isBusError, type Redriven } from '@heliobus/core'

/** What became of a letter. `gone`: it was no longer there. `refused`: the bus did not take it, for another reason. */
export type Fate = Redriven['status'] | 'gone' | 'refused'

/** Why a letter could not be handed on. */
export function fateOf(error: unknown): Fate {
  if (!isBusError(error)) return 'refused'
  if (error.code === 'handler-gone') return 'handler-gone'
  return error.code === 'letter-unknown' ? 'gone' : 'refused'
}

const words: Readonly<Record<Fate, string>> = {
  handled: 'handled',
  failed: 'failed again',
  cancelled: 'cancelled, still here',
  'under-way': 'already under way',
  'would-go': 'could go',
  'handler-gone': 'without a handler, still here',
  gone: 'gone already',
  refused: 'refused by the bus',
}

/** What became of a letter, in words. */
export function fateText(fate: Fate): string {
  return words[fate]
}

/** Letters that something was done with together, and what has become of them. */
export class Tally {
  readonly #verbs: { readonly goesOn: string; readonly done: string }
  readonly #total: number
  readonly #counts = new Map<string, number>()

  constructor(verbs: { readonly goesOn: string; readonly done: string }, total: number) {
    this.#verbs = verbs
    this.#total = total
  }

  /** So many more have ended like this, in words. */
  count(end: string, count: number = 1): void {
    if (count > 0) this.#counts.set(end, (this.#counts.get(end) ?? 0) + count)
  }

  /** In words: `Redriven: 3 handled, 1 failed again`. */
  get text(): string {
    const parts = [...this.#counts].map(([end, count]) => `${count} ${end}`)
    const left = this.#total - [...this.#counts.values()].reduce((sum, count) => sum + count, 0)
    if (left > 0) parts.push(`${left} under way`)
    const { goesOn, done } = this.#verbs
    return `${left > 0 ? goesOn : done}: ${parts.join(', ') || 'nothing'}`
  }
}
