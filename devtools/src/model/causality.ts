import { RowIndex } from './row-index.ts'
import type { Rows } from './rows.ts'
import { hasStatus } from './status.ts'

const CHAIN = 100

/**
 * What led to what, among the rows that are here: from the `causationId` and `correlationId` of events. Nothing is done while
 * recording: an index of 32 bytes a row of the ring is made with the first question and brought up to date with each.
 */
export class Causality {
  readonly #rows: Rows
  #byCause: RowIndex | undefined = undefined
  #byFlow: RowIndex | undefined = undefined
  #indexed = 0

  constructor(rows: Rows) {
    this.#rows = rows
  }

  /**
   * The row of the event that caused this one, in the same process if it is there; of what has come from another process,
   * the row that it has there. `undefined` when it has no cause, or its cause is not here.
   */
  causedBy(row: number): number | undefined {
    const hop = this.hopTo(row)
    const id = this.#rows.eventAt(row)?.causationId
    if (hop !== undefined || id === undefined) return hop
    const { process } = this.#rows
    const own = process[this.#rows.slot(row)]
    const near = this.#rows.rowOfId(id, (other) => process[this.#rows.slot(other)] === own)
    const cause = near < 0 ? this.#rows.rowOfId(id) : near
    return cause < 0 || cause === row ? undefined : cause
  }

  /** The row of the same event in the process that it came from; `undefined` when only one process knows it. */
  hopTo(row: number): number | undefined {
    const { processes, process, status } = this.#rows
    const slot = this.#rows.slot(row)
    if (processes.size < 2 || !hasStatus(status[slot]!, 'received')) return undefined
    const isElsewhere = (other: number): boolean => process[this.#rows.slot(other)] !== process[slot]
    const from = this.#rows.rowOfId(
      this.#rows.eventAt(row)?.id ?? '',
      (other) => other < row && isElsewhere(other),
    )
    return from < 0 ? undefined : from
  }

  /** Its cause, the cause of that, and so on, nearest first; 100 at most. A circle ends where it closes. */
  causesOf(row: number): readonly number[] {
    const causes = new Set<number>()
    for (let at = this.causedBy(row); at !== undefined && causes.size < CHAIN; at = this.causedBy(at)) {
      if (at === row || causes.has(at)) break
      causes.add(at)
    }
    return [...causes]
  }

  /** Rows whose events this one caused, oldest first; when there are more than `limit`, the newest of them. */
  effectsOf(row: number, limit = 1_000): readonly number[] {
    const id = this.#rows.eventAt(row)?.id
    if (id === undefined) return []
    this.#update()
    const fits = (effect: number): boolean =>
      effect !== row && this.#rows.eventAt(effect)?.causationId === id && this.hopTo(effect) === undefined // where it went on to is the same effect
    return this.#byCause!.findAll(id, this.#rows.oldest, fits, limit).toReversed()
  }

  /** Rows of one flow, oldest first; when there are more than `limit`, the newest of them. */
  rowsOfCorrelation(id: string, limit = 1_000): readonly number[] {
    this.#update()
    const fits = (row: number): boolean => this.#rows.eventAt(row)?.correlationId === id
    return this.#byFlow!.findAll(id, this.#rows.oldest, fits, limit).toReversed()
  }

  #update(): void {
    const { capacity, oldest, next } = this.#rows
    const byCause = (this.#byCause ??= new RowIndex(capacity))
    const byFlow = (this.#byFlow ??= new RowIndex(capacity))
    for (let row = Math.max(this.#indexed, oldest); row < next; row++) {
      const { causationId, correlationId } = this.#rows.eventAt(row)!
      if (causationId !== undefined) byCause.add(causationId, row)
      byFlow.add(correlationId, row)
    }
    this.#indexed = next
  }
}
