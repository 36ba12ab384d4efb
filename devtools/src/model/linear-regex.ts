import { type Regex, RegexFault, RegexReader } from './regex-syntax.ts'

const LONGEST = 200
const STEPS = 2_000
const STATES = 1_000
const ASCII = 128

type Step =
  | { readonly kind: 'set'; readonly has: (unit: number) => boolean; readonly next: number }
  | { readonly kind: 'split'; readonly next: number[] }
  | { readonly kind: 'edge'; readonly end: boolean; readonly next: number }
  | { readonly kind: 'match' }

/** Where a search can be at once: the steps that wait for a character. */
export interface SearchState {
  readonly steps: readonly number[]
  readonly matched: boolean
  /** Whether it has matched if the text ends here. */
  readonly matchedAtEnd: boolean
  /** Which state follows which character: for ASCII in a list, because that is quicker. */
  readonly ascii: (SearchState | undefined)[]
  readonly others: Map<number, SearchState>
}

/**
 * A search for a regular expression that can't hang: linear in the text whatever the expression, because all ways are
 * followed at once (Thompson 1968) instead of one after the other. Upper and lower case are the same. Returns the reason
 * as a text when the expression is malformed, longer than 200 characters, too large, or not regular.
 */
export function compileRegex(source: string): Search | string {
  if (source.length > LONGEST) return `a regular expression has at most ${LONGEST} characters`
  try {
    return new Search(new RegexReader(source).read())
  } catch (error) {
    if (error instanceof RegexFault) return error.message
    throw error
  }
}

/** A search for one expression, in whole texts or piece by piece. */
export class Search {
  readonly #steps: Step[] = [{ kind: 'match' }]
  readonly #start: number
  readonly #states = new Map<string, SearchState>()
  readonly #first: SearchState

  constructor(regex: Regex) {
    this.#start = this.#compile(regex, 0)
    this.#first = this.#close([this.#start], true)
  }

  /** Before anything is read. */
  get start(): SearchState {
    return this.#first
  }

  finds(text: string): boolean {
    const { matched, matchedAtEnd } = this.after(this.#first, text)
    return matched || matchedAtEnd
  }

  /** Goes on with the next piece of a text, until it matches. */
  after(from: SearchState, text: string): SearchState {
    let state = from
    for (let at = 0; at < text.length && !state.matched; at++) {
      const unit = text.charCodeAt(at)
      const known = unit < ASCII ? state.ascii[unit] : state.others.get(unit)
      state = known ?? this.#advance(state, unit)
    }
    return state
  }

  /** The number of the first step of `regex` with `next` to follow. */
  #compile(regex: Regex, next: number): number {
    if (regex.kind === 'set') return this.#add({ kind: 'set', has: regex.has, next })
    if (regex.kind === 'edge') return this.#add({ kind: 'edge', end: regex.end, next })
    if (regex.kind === 'repeat') return this.#repeat(regex.part, regex.least, regex.most, next)
    const { kind, parts } = regex
    if (kind === 'sequence') return parts.reduceRight((after, part) => this.#compile(part, after), next)
    return this.#add({ kind: 'split', next: parts.map((part) => this.#compile(part, next)) })
  }

  #repeat(part: Regex, least: number, most: number, next: number): number {
    let entry = next
    if (most === Number.POSITIVE_INFINITY) {
      const ways = [next]
      entry = this.#add({ kind: 'split', next: ways })
      ways.push(this.#compile(part, entry))
    } else
      for (let count = least; count < most; count++)
        entry = this.#add({ kind: 'split', next: [next, this.#compile(part, entry)] })
    for (let count = 0; count < least; count++) entry = this.#compile(part, entry)
    return entry
  }

  #add(step: Step): number {
    if (this.#steps.length >= STEPS) throw new RegexFault('it repeats too much')
    return this.#steps.push(step) - 1
  }

  #advance(state: SearchState, unit: number): SearchState {
    const next = [this.#start] // a match may begin anywhere
    for (const number of state.steps) {
      const step = this.#steps[number]!
      if (step.kind === 'set' && step.has(unit)) next.push(step.next)
    }
    const following = this.#close(next, false)
    if (unit < ASCII) state.ascii[unit] = following
    else state.others.set(unit, following)
    return following
  }

  #close(from: readonly number[], atStart: boolean): SearchState {
    const inside = this.#reach(from, atStart, false)
    const key = `${atStart} ${[...inside].toSorted((a, b) => a - b).join()}`
    const known = this.#states.get(key)
    if (known !== undefined) return known
    const state: SearchState = {
      steps: [...inside].filter((number) => this.#steps[number]!.kind === 'set'),
      matched: inside.has(0),
      matchedAtEnd: this.#reach(from, atStart, true).has(0),
      ascii: [],
      others: new Map(),
    }
    this.#remember(key, state)
    return state
  }

  /** What is not remembered is worked out anew: the memory is bounded, the result is the same. */
  #remember(key: string, state: SearchState): void {
    if (this.#states.size >= STATES) {
      for (const old of this.#states.values()) {
        old.ascii.length = 0
        old.others.clear()
      }
      this.#states.clear()
    }
    this.#states.set(key, state)
  }

  #reach(from: readonly number[], atStart: boolean, atEnd: boolean): Set<number> {
    const reached = new Set<number>()
    const open = [...from]
    for (let number = open.pop(); number !== undefined; number = open.pop()) {
      if (reached.has(number)) continue
      reached.add(number)
      const step = this.#steps[number]!
      if (step.kind === 'split') open.push(...step.next)
      else if (step.kind === 'edge' && (step.end ? atEnd : atStart)) open.push(step.next)
    }
    return reached
  }
}
