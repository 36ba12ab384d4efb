import { PatternTrie } from './pattern-trie.ts'
import { fits, type Pattern, type Topic, toPattern, toTopic } from './pattern.ts'

/** A value's place in the one total order: higher priority first, then the lower (earlier) order. */
export interface Ranked {
  readonly priority: number
  readonly order: number
}

/** What the router remembers of one topic: the matching values in order, and its owner's note on the topic. */
export interface Match<V, N> {
  /** Never changed in place: whoever took it keeps the values of that moment. */
  readonly values: readonly V[]
  readonly note: N
}

/** Topics remembered at most (twice this, while the older half is on its way out). */
const REMEMBERED = 4_096
/** Changes kept for catching up; a topic that missed more is looked up afresh. A power of two. */
const CHANGES = 64

/**
 * Patterns to values. A topic's matches are remembered, so a publish costs one map lookup whatever the number of
 * patterns. A change touches no remembered topic: it goes into a short log, and each topic catches up when it is next
 * asked for. Subscribing therefore stays cheap beside many hot topics, and churn beside many patterns.
 */
export class Router<V extends Ranked, N> {
  readonly #trie = new PatternTrie<V>()
  readonly #noteOn: (topic: string) => N
  readonly #changes: Change<V>[] = []
  #epoch = 0
  #young = new Map<string, Remembered<V, N>>()
  #old = new Map<string, Remembered<V, N>>()

  /** `noteOn` is asked once per remembered topic, with the topic as it was spelled. */
  constructor(noteOn: (topic: string) => N) {
    this.#noteOn = noteOn
  }

  /** Throws `pattern-invalid`. */
  add(pattern: string, value: V): void {
    this.#change({ pattern: toPattern(pattern), value, added: true })
  }

  remove(pattern: string, value: V): void {
    this.#change({ pattern: toPattern(pattern), value, added: false })
  }

  /** The values whose patterns match, in order. Throws `topic-invalid`. */
  match(topic: string): Match<V, N> {
    const known = this.#young.get(topic)
    return known !== undefined && known.epoch === this.#epoch ? known : this.#catchUp(topic, known)
  }

  /** Notes are made afresh from now on. */
  forget(): void {
    this.#young.clear()
    this.#old.clear()
  }

  /** The values under exactly this pattern, in no order. */
  at(pattern: string): V[] {
    return this.#trie.at(toPattern(pattern))
  }

  /** Every value, in order. */
  all(): V[] {
    return inOrder(this.#trie.all())
  }

  #change(change: Change<V>): void {
    if (change.added) this.#trie.add(change.pattern, change.value)
    else this.#trie.remove(change.pattern, change.value)
    this.#changes[this.#epoch & (CHANGES - 1)] = change
    this.#epoch++
  }

  #catchUp(topic: string, known: Remembered<V, N> | undefined): Match<V, N> {
    const match = known ?? this.#recall(topic)
    if (this.#epoch - match.epoch > CHANGES) match.values = inOrder(this.#trie.collect(match.topic))
    else for (let at = match.epoch; at < this.#epoch; at++) apply(this.#changes[at & (CHANGES - 1)]!, match)
    match.epoch = this.#epoch
    return match
  }

  #recall(topic: string): Remembered<V, N> {
    const match = this.#old.get(topic) ?? this.#meet(topic)
    if (this.#young.size >= REMEMBERED) {
      this.#old = this.#young
      this.#young = new Map()
    }
    this.#young.set(topic, match)
    return match
  }

  #meet(spelled: string): Remembered<V, N> {
    const topic = toTopic(spelled)
    const epoch = this.#epoch // of the values: whoever makes the note may change what matches
    return { values: inOrder(this.#trie.collect(topic)), note: this.#noteOn(spelled), topic, epoch }
  }
}

interface Remembered<V, N> extends Match<V, N> {
  values: readonly V[]
  readonly topic: Topic
  epoch: number
}

interface Change<V> {
  readonly pattern: Pattern
  readonly value: V
  readonly added: boolean
}

function apply<V extends Ranked, N>({ pattern, value, added }: Change<V>, match: Remembered<V, N>): void {
  if (!fits(pattern, match.topic)) return
  const others = match.values.filter((other) => other !== value)
  match.values = added ? inOrder([...others, value]) : others
}

function inOrder<V extends Ranked>(values: V[]): V[] {
  values.sort((a, b) => b.priority - a.priority || a.order - b.order)
  return values.filter((value, index) => value !== values[index - 1])
}
