import { eventsText } from '../protocol/frames.ts'
import { TopicSet } from '../protocol/topic-set.ts'
import type { History } from './history.ts'
import { offsetAt } from './offset.ts'

/** A part of the history as some clients get it. */
export interface Passage {
  /** Where it ends: all that is wanted up to there is in it. */
  readonly position: number
  /** The same, as the client is told. */
  readonly offset: string
  /** How many events are in it. */
  readonly count: number
  /** The frame that is sent; undefined when nothing in that part is wanted. */
  readonly frame: Buffer | undefined
}

interface Made extends Passage {
  /** Where it begins. */
  readonly after: number
  /** Where the history ended when it was made. */
  readonly until: number
  /** Who published what is in it. */
  readonly from: ReadonlySet<string>
  /** Nothing was left out because it had come from the one it is for: others can have it too. */
  readonly isWhole: boolean
}

/** Clients that want the same. What goes to many of them is looked for, written and encoded once. */
export class Audience {
  readonly #topics: TopicSet
  readonly #history: History
  readonly #maxBytes: number
  #latest: Made | undefined = undefined

  /** `maxBytes`: of a frame, unless a single event is larger. */
  constructor(patterns: readonly string[], history: History, maxBytes: number) {
    this.#topics = new TopicSet(patterns)
    this.#history = history
    this.#maxBytes = maxBytes
  }

  get patterns(): readonly string[] {
    return this.#topics.patterns
  }

  /** What comes after a position: at most `most` events, and none that `to` has published itself. */
  next(after: number, most: number, to: string): Passage {
    const latest = this.#latest
    if (latest?.after === after && latest.until === this.#history.last) {
      if (latest.count <= most && !latest.from.has(to)) return latest
    }
    const made = this.#make(after, most, to)
    if (made.isWhole) this.#latest = made
    return made
  }

  #make(after: number, most: number, to: string): Made {
    const texts: string[] = []
    const from = new Set<string>()
    let [position, left, isWhole] = [after, this.#maxBytes, true]
    while (texts.length < most) {
      const entry = this.#history.at(position + 1)
      if (entry === undefined) break
      if (entry.from === to) isWhole = false
      else if (this.#topics.has(entry.topic)) {
        left -= entry.text.length
        if (left < 0 && texts.length > 0) break
        texts.push(entry.text)
        from.add(entry.from)
      }
      position++
    }
    const count = texts.length
    const offset = offsetAt(this.#history, position)
    const frame = count === 0 ? undefined : Buffer.from(eventsText(`"offset":"${offset}"`, texts))
    return { after, until: this.#history.last, position, offset, count, frame, from, isWhole }
  }
}

/** Audiences kept at most: beyond, a client that wants what nobody else wanted lately has one of its own. */
const AUDIENCES = 100

/** The audiences of a hub, by what they want. */
export class Audiences {
  readonly #audiences = new Map<string, Audience>()
  readonly #history: History
  readonly #maxBytes: number

  constructor(history: History, maxBytes: number) {
    this.#history = history
    this.#maxBytes = maxBytes
  }

  of(patterns: readonly string[]): Audience {
    const key = JSON.stringify(patterns.toSorted())
    const audience = this.#audiences.get(key) ?? new Audience(patterns, this.#history, this.#maxBytes)
    this.#audiences.delete(key) // the least recently asked for stays in front
    this.#audiences.set(key, audience)
    if (this.#audiences.size > AUDIENCES) this.#audiences.delete(this.#audiences.keys().next().value!)
    return audience
  }

  /** What was made of the history so far is not used again. */
  clear(): void {
    this.#audiences.clear()
  }
}
