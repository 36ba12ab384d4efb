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

/** Letters that were handed on together, and what has become of them. */
export class Redriving {
  readonly #total: number
  readonly #counts = new Map<Fate, number>()

  constructor(total: number) {
    this.#total = total
  }

  count(fate: Fate): void {
    this.#counts.set(fate, (this.#counts.get(fate) ?? 0) + 1)
  }

  /** In words: `Redriven: 3 handled, 1 failed again`. */
  get text(): string {
    const parts = [...this.#counts].map(([fate, count]) => `${count} ${words[fate]}`)
    const left = this.#total - [...this.#counts.values()].reduce((sum, count) => sum + count, 0)
    if (left > 0) parts.push(`${left} under way`)
    return `${left > 0 ? 'Redriving' : 'Redriven'}: ${parts.join(', ') || 'nothing'}`
  }
}
