import type { Link } from './transport.ts'
import type { WireEvent } from './wire.ts'

/**
 * Events on their way into a link. Those of one task go out together, in order. Events count until the link has accepted
 * them, and no more than `limit` are held: a link that takes events at once never reaches it.
 */
export class Outbox {
  readonly #link: Link
  readonly #limit: number
  readonly #sending = new Set<Promise<void>>()
  #open: Batch | undefined = undefined
  #held = 0

  constructor(link: Link, limit: number) {
    this.#link = link
    this.#limit = limit
  }

  /** Events not yet accepted. */
  get held(): number {
    return this.#held
  }

  /** Resolves when the link has accepted the event, rejects when it can't send. Undefined: the outbox is full. */
  add(event: WireEvent): Promise<void> | undefined {
    if (this.#held >= this.#limit) this.flush()
    if (this.#held >= this.#limit) return undefined
    this.#held++
    const batch = (this.#open ??= this.#begin())
    batch.events.push(event)
    return batch.accepted
  }

  /** Sends what waits now, instead of at the end of the task. */
  flush(): void {
    const batch = this.#open
    this.#open = undefined
    batch?.send(this.#link)
  }

  /** Resolves when the link has accepted or refused all that was sent. */
  async idle(): Promise<void> {
    await Promise.all(this.#sending)
  }

  #begin(): Batch {
    const batch = new Batch()
    queueMicrotask(() => {
      if (batch === this.#open) this.flush()
    })
    const done = batch.accepted.then(noop, noop)
    this.#sending.add(done)
    void done.then(() => this.#sending.delete(done))
    batch.ended = () => (this.#held -= batch.events.length)
    return batch
  }
}

/** Events that go out in one call. */
class Batch {
  readonly events: WireEvent[] = []
  readonly accepted: Promise<void>
  /** Called once, as soon as it is known what became of the batch. */
  ended: () => void = noop
  #accept: () => void = noop
  #refuse: (error: unknown) => void = noop

  constructor() {
    this.accepted = new Promise((resolve, reject) => {
      this.#accept = resolve
      this.#refuse = reject
    })
  }

  send(link: Link): void {
    try {
      const answer = link.send(this.events)
      if (answer === undefined) this.#end(this.#accept)
      else
        answer.then(
          () => this.#end(this.#accept),
          (error: unknown) => this.#end(() => this.#refuse(error)),
        )
    } catch (error) {
      this.#end(() => this.#refuse(error))
    }
  }

  #end(settle: () => void): void {
    this.ended()
    settle()
  }
}

function noop(): void {}
