const MOST = 64

interface Stretch {
  readonly from: number
  to: number
}

/** Rows that wait for their turn, as stretches: the one added last comes first, and each from its newest row on. */
export class WaitingRows {
  #stretches: Stretch[] = []

  /** How many wait, of those from `oldest` on; a row that waits twice counts twice. */
  count(oldest: number): number {
    return this.#stretches.reduce((sum, { from, to }) => sum + Math.max(0, to - Math.max(from, oldest)), 0)
  }

  /** From `from` to before `to`. Of very many stretches one is made, with what lies between. */
  add(from: number, to: number): void {
    if (from >= to) return
    const others = this.#stretches.filter((one) => one.from < from || one.to > to)
    const all = [...others, { from, to }]
    this.#stretches = all.length > MOST ? [spanOf(all)] : all
  }

  /** The next row that is not before `oldest`; -1 without one. */
  take(oldest: number): number {
    for (let last = this.#stretches.at(-1); last !== undefined; last = this.#stretches.at(-1)) {
      if (last.to > last.from && last.to > oldest) return --last.to
      this.#stretches.pop()
    }
    return -1
  }
}

function spanOf(stretches: readonly Stretch[]): Stretch {
  const from = Math.min(...stretches.map((one) => one.from))
  return { from, to: Math.max(...stretches.map((one) => one.to)) }
}
