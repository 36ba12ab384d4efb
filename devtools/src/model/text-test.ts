import { remembered } from './glob.ts'
import { compileRegex, type Search, type SearchState } from './linear-regex.ts'
import { isObject } from './members.ts'
import { payloadText } from './payload-text.ts'
import { type PayloadVisitor, valueText, walkPayload } from './payload-walk.ts'

/** Says whether something is found in a text, or in the text of a payload. */
export interface TextTest {
  readonly inText: (text: string) => boolean
  readonly inPayload: (payload: unknown) => boolean
}

/** Searches for a text; upper and lower case are the same. */
export function findText(text: string): TextTest {
  const wanted = text.toLowerCase()
  const inText = (within: string): boolean => within.toLowerCase().includes(wanted)
  // What stands between a key and its value, or ends a line, can only be found in the whole.
  if (/[: \n]/.test(wanted)) return { inText, inPayload: (payload) => inText(payloadText(payload)) }
  const pieces = new Pieces(wanted)
  return { inText, inPayload: (payload) => walkPayload(payload, pieces) }
}

/** Searches for a regular expression; one that can't be read finds nothing. */
export function findRegex(source: string): TextTest {
  const search = compileRegex(source)
  if (typeof search === 'string') return { inText: () => false, inPayload: () => false }
  const run = new Run(search)
  return { inText: (text) => search.finds(text), inPayload: (payload) => run.finds(payload) }
}

/** Looks into keys and values one by one: nothing is joined. */
class Pieces implements PayloadVisitor {
  readonly key: (key: string) => boolean
  readonly #wanted: string
  readonly #mayBeNumber: boolean

  constructor(wanted: string) {
    this.#wanted = wanted
    this.key = remembered((key) => key.toLowerCase().includes(wanted))
    this.#mayBeNumber = /^[\d.e+-]*$/.test(wanted) || 'nan'.includes(wanted) || 'infinity'.includes(wanted)
  }

  value(value: unknown): boolean {
    if (typeof value === 'number' && !this.#mayBeNumber) return false
    return valueText(value).toLowerCase().includes(this.#wanted)
  }
}

/** Leads a search through the text of a payload, piece by piece, without making that text. */
class Run implements PayloadVisitor {
  readonly #search: Search
  #state: SearchState

  constructor(search: Search) {
    this.#search = search
    this.#state = search.start
  }

  finds(payload: unknown): boolean {
    if (!isObject(payload)) return this.#search.finds(valueText(payload))
    this.#state = this.#search.start
    return walkPayload(payload, this) || this.#state.matchedAtEnd
  }

  key(key: string): boolean {
    return this.#goOn(key) || this.#goOn(': ')
  }

  value(value: unknown): boolean {
    return this.#goOn(valueText(value)) || this.#goOn('\n')
  }

  #goOn(text: string): boolean {
    this.#state = this.#search.after(this.#state, text)
    return this.#state.matched
  }
}
