import type { Delivery } from './delivery.ts'

/**
 * Where an event stands with a handler. `waiting` for its retry; `failed`: given up, and no dead letter was told of;
 * `dead`: a dead letter; `redriven`: handed to the handler once more, which has not ended yet.
 */
export type Standing = 'handled' | 'waiting' | 'failed' | 'dead' | 'redriven' | 'cancelled' | 'discarded'

/** All that is known of an event at one handler. */
export interface HandlerStory {
  /** '' for a dead letter that no handler had a part in. */
  readonly handler: string
  /** As they were told; never empty. */
  readonly deliveries: readonly Delivery[]
  readonly standing: Standing
  /** A dead letter lies there, though it may be with the handler again. */
  readonly hasLetter: boolean
}

/** Deliveries by handler, in the order in which each was first heard of. Handlers of the same name are one. */
export function storiesOf(deliveries: Iterable<Delivery>): readonly HandlerStory[] {
  const stories = new Map<string, Story>()
  for (const delivery of deliveries) {
    const { handler } = delivery
    const story = stories.get(handler) ?? new Story(handler)
    stories.set(handler, story)
    story.add(delivery)
    if (handler !== '' && delivery.fate === 'handled') stories.get('')?.taken()
  }
  return [...stories.values()]
}

class Story implements HandlerStory {
  readonly handler: string
  readonly deliveries: Delivery[] = []
  standing: Standing = 'handled'
  hasLetter = false
  #isRedriven = false

  constructor(handler: string) {
    this.handler = handler
  }

  add(delivery: Delivery): void {
    this.standing = this.#after(delivery)
    this.deliveries.push(delivery)
  }

  /** Somebody took what was given up because there was nobody. */
  taken(): void {
    if (this.#isRedriven) this.standing = this.#handled()
  }

  #after(delivery: Delivery): Standing {
    const { fate } = delivery
    if (fate === 'handled') return this.#handled()
    if (fate === 'failed') return delivery.retryIn === undefined ? 'failed' : 'waiting'
    if (fate === 'buried') return this.#end(true, 'dead')
    if (fate === 'discarded') return this.#discarded()
    if (fate === 'cancelled') return this.#end(this.hasLetter, this.hasLetter ? 'dead' : 'cancelled')
    this.#isRedriven = true
    return 'redriven'
  }

  /** A success after it was given up is that of another handler of the same name, unless it was redriven. */
  #handled(): Standing {
    if (this.#isRedriven) return this.#end(false, 'handled')
    const isGivenUp = this.hasLetter || this.standing === 'failed' || this.standing === 'discarded'
    return isGivenUp ? this.standing : 'handled'
  }

  /** The letter is gone; a handler that has the event once more goes on. */
  #discarded(): Standing {
    this.hasLetter = false
    return this.#isRedriven ? this.standing : 'discarded'
  }

  #end(hasLetter: boolean, standing: Standing): Standing {
    this.#isRedriven = false
    this.hasLetter = hasLetter
    return standing
  }
}
