import type { Terms } from './policy.ts'
import type { SubscriptionInfo } from './subscription-info.ts'

/** What most subscriptions never need. */
export interface Rare {
  terms: Terms | undefined
  controller: AbortController | undefined
  ended: boolean
  /** Events that were given up, or cancelled. */
  lost: number
  buried: number
  name: string | undefined
  info: SubscriptionInfo | undefined
  forgetSignal: (() => void) | undefined
}

export function nothingRare(): Rare {
  return {
    terms: undefined,
    controller: undefined,
    ended: false,
    lost: 0,
    buried: 0,
    name: undefined,
    info: undefined,
    forgetSignal: undefined,
  }
}
