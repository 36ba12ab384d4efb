import type { Handler, Subscription } from './handler.ts'
import type { Inlet } from './inlet.ts'
import type { Patterns } from './pattern-like.ts'
import type { Policy } from './policy.ts'

/** A bus for features whose own types have said already what fits. */
export interface UntypedBus {
  readonly inlet: Inlet
  subscribe(under: Patterns, handler: Handler, policy: Policy): Subscription
}
