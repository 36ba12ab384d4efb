import { BusError } from './errors.ts'
import type { BusEvent } from './event.ts'
import type { History } from './history.ts'
import { type Caller, Context, type HandlerContext } from './handler-context.ts'

/** Carries a value along a chain of calls, over every `await`: Node's `AsyncLocalStorage` is one. */
export interface CauseStore {
  run<T>(value: unknown, call: () => T): T
  getStore(): unknown
}

/**
 * Which call of which handler is going on, so that what it publishes knows its cause. Without a store that is known until
 * the handler's first `await`; after that through `context.publish`.
 */
export class Causes {
  readonly store: CauseStore | undefined
  readonly #maxDepth: number
  /** The call that is going on now, synchronously. */
  #context: Context | undefined = undefined
  // The same for the common call, which has no context unless somebody asks. What is set with every event is as little as
  // may be, and nothing that is younger than this: engines keep books about that.
  readonly #history: Pick<History<unknown>, 'at'>
  #place = 0
  #event: BusEvent | undefined = undefined
  #cause: Context | undefined = undefined
  #subscribers: readonly Caller[] = []
  /** Which of them is called; below 0 for none. A small integer, for this is set with every delivery. */
  calling = -1

  constructor(store: CauseStore | undefined, maxDepth: number, history: Pick<History<unknown>, 'at'>) {
    this.store = store
    this.#maxDepth = maxDepth
    this.#history = history
  }

  /** The call that causes what is published now. */
  get cause(): Context | undefined {
    if (this.#context !== undefined) return this.#context
    if (this.calling >= 0) {
      this.#event ??= this.#history.at(this.#place)
      return new Context(this.#subscribers[this.calling]!, this.#event!, this.#cause, undefined)
    }
    return this.store === undefined ? undefined : contextIn(this.store)
  }

  /**
   * Handlers of an event are called next; `cause` is what led to it. `place` is the event's in the history, where it stays
   * at least until something else is published: whoever publishes asks for the cause first. `event` only when it has waited
   * for its turn, and may have left the history meanwhile.
   */
  begin(
    place: number,
    event: BusEvent | undefined,
    subscribers: readonly Caller[],
    cause: Context | undefined,
  ): void {
    this.#place = place
    if (this.#event !== event) this.#event = event
    if (this.#subscribers !== subscribers) this.#subscribers = subscribers
    if (this.#context !== undefined) this.#context = undefined
    if (this.#cause !== cause) this.#cause = cause
  }

  end(): void {
    this.calling = -1
  }

  /** Throws `event-loop` when the chain behind an event of this topic would be too long. */
  refuseLoop(cause: Context, topic: string): void {
    let depth = 0
    for (let call: Context | undefined = cause; call !== undefined; call = call.cause) depth++
    if (depth < this.#maxDepth) return
    throw new BusError('event-loop', { chain: roundOf(cause, topic), depth })
  }

  call(
    handler: (event: BusEvent, context: HandlerContext) => unknown,
    event: BusEvent,
    context: Context,
  ): unknown {
    const { store } = this
    const before = this.#context
    this.#context = context
    try {
      return store === undefined ? handler(event, context) : store.run(context, () => handler(event, context))
    } finally {
      this.#context = before
    }
  }

  /** Runs `act` as if the call were going on. */
  within<T>(context: Context | undefined, act: () => T): T {
    const before = this.#context
    this.#context = context
    try {
      return act()
    } finally {
      this.#context = before
    }
  }
}

/** The last round of a chain, in order: from the same topic before to the topic itself, with who published what. */
function roundOf(cause: Context, topic: string): readonly string[] {
  const chain = [topic]
  for (let call: Context | undefined = cause; call !== undefined; call = call.cause) {
    chain.unshift(call.event.type, `(${call.subscription.name})`)
    if (call.event.type === topic) break
    if (chain.length > 40) break // a message is to be read
  }
  return chain
}

/** What another bus's handler publishes here is caused by its event all the same. */
function contextIn(store: CauseStore): Context | undefined {
  const value = store.getStore()
  return value instanceof Context ? value : undefined
}
