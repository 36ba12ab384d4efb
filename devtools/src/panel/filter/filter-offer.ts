import { type Completion, completeFilter } from '../../model/filter-completion.ts'
import type { Rows } from '../../model/rows.ts'
import { typedAt } from './completing.ts'

/** What is offered under the field. */
export interface Offer {
  readonly options: readonly Completion[]
  /** -1 while none is chosen: Enter then leaves the text as it is. */
  readonly active: number
  /** Whether an option is a whole filter that was there before, or a word at the cursor. */
  readonly isHistory: boolean
}

/** Words that fit at the cursor; nothing when the only one is typed already. */
export function wordsAt(text: string, cursor: number, rows: Rows): Offer | undefined {
  const options = completeFilter(text, cursor, rows)
  const isTyped = options.length === 1 && options[0]!.word === typedAt(text, cursor)
  return options.length === 0 || isTyped ? undefined : { options, active: -1, isHistory: false }
}

/** Filters that were there before; nothing when there were none. */
export function historyOffer(history: readonly string[]): Offer | undefined {
  const options = history.map((word) => ({ word, count: undefined }))
  return options.length === 0 ? undefined : { options, active: -1, isHistory: true }
}

/** The same offer with the next option chosen. Past the last comes none, then the first. */
export function move(offer: Offer, step: number): Offer {
  const places = offer.options.length + 1 // none is a place too
  return { ...offer, active: ((offer.active + 1 + step + places) % places) - 1 }
}
