import type { Causes } from './causes.ts'
import { BusError } from './errors.ts'
import type { BusEvent } from './event.ts'
import { type Caller, Context, type HandlerContext } from './handler-context.ts'
import type { Publish } from './publish.ts'

/**
 * The context of handlers that declare one parameter, and so hardly ask for it: one for all calls, where one each would
 * cost as much as the call. Who finds it all the same (as a default, in `arguments`) may read it until the handler's first
 * `await`; after that it can't know which event is meant, and says so.
 */
export class SharedContext implements HandlerContext {
  readonly subscription: Caller
  readonly #causes: Causes

  constructor(subscription: Caller, causes: Causes) {
    this.subscription = subscription
    this.#causes = causes
  }

  get attempt(): number {
    return this.#now().attempt
  }

  get isReplay(): boolean {
    return this.#now().isReplay
  }

  get signal(): AbortSignal {
    return this.#now().signal
  }

  get fence(): number | undefined {
    return this.#now().fence
  }

  get publish(): Publish {
    return this.#now().publish
  }

  #now(): HandlerContext {
    const { cause } = this.#causes
    if (cause?.subscription === this.subscription) return cause
    throw new BusError('context-late', { handler: this.subscription.name })
  }
}

/** A context that can be kept: a shared one is good for the moment only. */
export function ownOf(
  context: Context | SharedContext,
  event: BusEvent,
  cause: Context | undefined,
): Context {
  return context instanceof Context ? context : new Context(context.subscription, event, cause, undefined)
}
