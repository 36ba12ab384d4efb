import type { Filter } from './filter-syntax.ts'
import type { Rows } from './rows.ts'

/**
 * Rows that grow too old for a `since:` as time passes. Rows are in the order of their times, so that each is met once: a
 * clock that was set back while recording makes some rows leave late.
 */
export class Sliding {
  readonly #rows: Rows
  readonly #edges: { readonly ms: number; next: number }[]

  constructor(filter: Filter, rows: Rows) {
    this.#rows = rows
    this.#edges = [...new Set(agesIn(filter))].map((ms) => ({ ms, next: rows.oldest }))
  }

  /** Calls `each` with the stretch of rows, up to before `to`, that have grown too old since the last call. `now` in epoch ms. */
  advance(now: number, each: (from: number, to: number) => void): void {
    for (const edge of this.#edges) {
      const from = Math.max(edge.next, this.#rows.oldest)
      edge.next = this.#firstSince(now - edge.ms, from)
      if (edge.next > from) each(from, edge.next)
    }
  }

  #firstSince(time: number, from: number): number {
    const { next, time: times } = this.#rows
    let row = from
    while (row < next && times[this.#rows.slot(row)]! < time) row++
    return row
  }
}

/** The ms of every `since:` in a filter. */
function agesIn(filter: Filter): readonly number[] {
  if (filter.kind === 'clause') return filter.clause.kind === 'since' ? [filter.clause.ms] : []
  return filter.kind === 'not' ? agesIn(filter.part) : filter.parts.flatMap(agesIn)
}
