import type { BusEvent, Signal, SubscriptionInfo } from '@heliobus/core'

/** An event with what a test cares for. */
export function event(id: string, type = 'a.b', data: unknown = {}, more: Partial<BusEvent> = {}): BusEvent {
  return {
    id,
    type,
    source: 'test',
    subject: undefined,
    userId: null,
    key: undefined,
    time: 0,
    data,
    version: 1,
    correlationId: id,
    causationId: undefined,
    traceparent: undefined,
    hops: 0,
    ...more,
  }
}

export function published(of: BusEvent, at = 0): Signal {
  return { type: 'published', event: of, at }
}

export function handled(of: BusEvent, name = 'mail', ms = 1, at = 0): Signal {
  return { type: 'handled', event: of, subscription: handler(name), ms, at, attempt: 1 }
}

export function failed(of: BusEvent, name = 'mail', error: unknown = new Error('no'), at = 0): Signal {
  return {
    type: 'failed',
    event: of,
    subscription: handler(name),
    error,
    ms: 2,
    at,
    attempt: 1,
    retryIn: undefined,
  }
}

export function unhandled(of: BusEvent, at = 0): Signal {
  return { type: 'unhandled', event: of, at }
}

function handler(name: string): SubscriptionInfo {
  return {
    name,
    patterns: ['**'],
    priority: 0,
    scope: 'test',
    forwards: false,
    delivered: 0,
    failures: 0,
    buried: 0,
    pending: 0,
    madeAt: undefined,
  }
}
