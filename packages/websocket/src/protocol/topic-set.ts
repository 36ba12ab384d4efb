import { matches } from '@heliobus/core'

/** Topics whose answer is remembered; then it begins anew. */
const REMEMBERED = 1_000

/** The topics that some patterns match. Asking again for a topic costs one look-up. */
export class TopicSet {
  readonly patterns: readonly string[]
  readonly #known = new Map<string, boolean>()

  constructor(patterns: readonly string[]) {
    this.patterns = patterns
  }

  /** Throws `topic-invalid`. */
  has(topic: string): boolean {
    const known = this.#known.get(topic)
    if (known !== undefined) return known
    const has = this.patterns.some((pattern) => matches(pattern, topic))
    if (this.#known.size >= REMEMBERED) this.#known.clear()
    this.#known.set(topic, has)
    return has
  }
}
