/** An event that goes into the history. */
export interface Draft {
  readonly topic: string
  /** The event as JSON. */
  readonly text: string
  /** Who published it: it is not sent back there. A name that means the same after a restart. */
  readonly from: string
  /** Its number in the session, for an event of a client. */
  readonly sequence?: number
}

/** An event in the history. */
export interface Entry extends Draft {
  /** Its place: 1 for the first, without holes. */
  readonly position: number
  /**
   * Tells it from another event that has had its place: a store that was damaged may come back without its newest entries. At
   * most 32 letters, digits and hyphens; a history that can't lose its end needs none.
   */
  readonly stamp?: string
}

/** Who is told what others do to a history. */
export interface HistoryWatcher {
  /** There is more to read. */
  more(): void
  /** What was read before, or some of it, is not in this history any more. */
  renewed(): void
}

/**
 * The newest events of a hub, from which every client is served: one that is slow, or was away, goes on from its place.
 * Reading is immediate; a history that also keeps its entries elsewhere answers `append` with a promise.
 */
export interface History {
  /** Another one when positions start anew. */
  readonly epoch: string
  /** The position of the oldest entry; `last + 1` when there is none. */
  readonly first: number
  /** The position of the newest entry, 0 when there was none. */
  readonly last: number
  at(position: number): Entry | undefined
  /**
   * Resolves when the entries are as safe as this history makes them, and readable, or as soon as a watcher is told. Called
   * again before it has resolved, it keeps the order. When it rejects, the events are not acknowledged, and those that came
   * after them must not be in the history either.
   */
  append(drafts: readonly Draft[]): void | Promise<void>
  /** For a history that others append to, too: several hubs share it. The returned function ends it. */
  watch?(watcher: HistoryWatcher): () => void
  /**
   * For the same. Resolves to the last `sequence` that the history knows of this `from`, 0 for none, when everything that was in
   * the history at the time of the call is readable here. Rejects when that can't be told now.
   */
  catchUp?(from: string): Promise<number>
}

export interface HistoryOptions {
  /** Events kept. Default 10,000. */
  readonly events?: number
  /** Characters of JSON kept. Default 32 million. */
  readonly characters?: number
  /** Default a new one: whoever was connected before gets a gap. */
  readonly epoch?: string
  /** What was there before, oldest first; positions follow each other. */
  readonly entries?: readonly Entry[]
}

/** A history in memory. It ends with the process: after a restart clients are told of a gap. */
export function createMemoryHistory(options: HistoryOptions = {}): History {
  return new Ring(options)
}

class Ring implements History {
  readonly epoch: string
  readonly #events: number
  readonly #characters: number
  #entries: Entry[] = []
  /** Where the oldest entry is: what lies before it is gone, and is cut off from time to time. */
  #head = 0
  #held = 0
  last = 0

  constructor(options: HistoryOptions) {
    const { events = 10_000, characters = 32_000_000, epoch = crypto.randomUUID(), entries = [] } = options
    this.epoch = epoch
    this.#events = events
    this.#characters = characters
    this.last = (entries[0]?.position ?? 1) - 1
    this.append(entries)
  }

  get first(): number {
    return this.last - (this.#entries.length - this.#head) + 1
  }

  at(position: number): Entry | undefined {
    return position < this.first ? undefined : this.#entries[this.#head + position - this.first]
  }

  append(drafts: readonly Draft[]): void {
    for (const draft of drafts) {
      this.#entries.push(placed(draft, ++this.last))
      this.#held += draft.text.length
    }
    while (this.#isFull) this.#held -= this.#entries[this.#head++]!.text.length
    if (this.#head > this.#events) this.#cut()
  }

  /** The newest stays in any case. */
  get #isFull(): boolean {
    const count = this.#entries.length - this.#head
    return count > 1 && (count > this.#events || this.#held > this.#characters)
  }

  #cut(): void {
    this.#entries = this.#entries.slice(this.#head)
    this.#head = 0
  }
}

/** Written out for the common kind: a spread costs several times as much. */
function placed(draft: Entry | Draft, position: number): Entry {
  const { topic, text, from, sequence } = draft
  if ('stamp' in draft || sequence !== undefined) return { ...draft, position }
  return { topic, text, from, position }
}
