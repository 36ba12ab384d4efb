/** One subscription as `bus.subscriptions()` and signals show it; its counts are live. */
export interface SubscriptionInfo {
  readonly name: string
  readonly patterns: readonly string[]
  readonly priority: number
  /** The scope that subscribed. */
  readonly scope: string
  /** True for a bridge: to carry an event on is not to handle it. */
  readonly forwards: boolean
  /** Events it was done with. */
  readonly delivered: number
  /** Calls that failed. */
  readonly failures: number
  /** Events it gave up on. */
  readonly buried: number
  /** Events that wait for it, or for their retry, or that it is at work with. */
  readonly pending: number
  /** Where it was made: a stack trace, when the bus is asked to keep them. */
  readonly madeAt: string | undefined
}

/** What of a subscription is shown. */
type Described = Omit<SubscriptionInfo, 'scope'> & { readonly origin: { readonly source: string } }

/** What others may see of a subscription: live, and nothing to take hold of it by. */
export function infoOf(subscription: Described): SubscriptionInfo {
  const { name, patterns, priority, origin, forwards } = subscription
  return {
    name,
    patterns,
    priority,
    scope: origin.source,
    forwards,
    get delivered() {
      return subscription.delivered
    },
    get failures() {
      return subscription.failures
    },
    get buried() {
      return subscription.buried
    },
    get pending() {
      return subscription.pending
    },
    get madeAt() {
      return subscription.madeAt
    },
  }
}
