import type { Alert, BusEvent, DeadLetter, LogNews, Signal, SubscriptionInfo } from '@heliobus/core'
import { cut, errorOf, maybe } from './texts.ts'

type SignalsByType = { readonly [Type in Signal['type']]: Extract<Signal, { readonly type: Type }> }
type Writers = { readonly [Type in Signal['type']]: (signal: SignalsByType[Type]) => object }

const writers: Writers = {
  published: ({ event }) => ({ event: envelopeOf(event) }),
  received: ({ event, link }) => ({ event: envelopeOf(event), link: maybe(link) }),
  handled: ({ event, subscription, ms, attempt }) => ({ ...at(event, subscription), ms, attempt }),
  failed: ({ event, subscription, error, ms, attempt, retryIn }) => ({
    ...at(event, subscription),
    ms,
    attempt,
    retryIn,
    error: errorOf(error),
  }),
  cancelled: ({ event, subscription, reason }) => ({ ...at(event, subscription), reason }),
  buried: ({ letter }) => ({ letter: letterOf(letter) }),
  redriven: ({ letter }) => ({ letter: letterOf(letter) }),
  discarded: ({ letter }) => ({ letter: letterOf(letter) }),
  alert: ({ alert }) => ({ alert: alertOf(alert) }),
  slow: ({ subscription, ms, isBlocking }) => ({
    handler: maybe(subscription.name),
    ms,
    isBlocking: isBlocking || undefined,
  }),
  unhandled: ({ event }) => ({ event: nameOf(event) }),
  dropped: ({ event, reason, error }) => ({
    event: envelopeOf(event),
    reason,
    error: error === undefined ? undefined : errorOf(error),
  }),
  refused: ({ error, link }) => ({ error: errorOf(error), link: maybe(link) }),
  subscribed: ({ subscription }) => ({ handler: maybe(subscription.name) }),
  unsubscribed: ({ subscription }) => ({ handler: maybe(subscription.name) }),
  overflow: ({ memory, capacity }) => ({ memory, capacity }),
  warning: ({ warning, topic, detail }) => ({ warning, topic: maybe(topic), detail: maybe(detail) }),
  link: ({ link, status }) => ({ link: maybe(link), status }),
  gap: ({ link, reason, missing }) => ({ link: maybe(link), reason: maybe(reason), missing }),
  log: ({ log, ...news }) => ({ log: maybe(log), ...newsOf(news) }),
  closed: () => ({}),
}

/**
 * A signal as JSON. Of events there is everything but their data, of a handler its name, of an error its name, code and
 * message: its stack and its cause stay where they are. What is longer than it may be is cut. Throws what the getters of
 * an error throw.
 */
export function writeSignal(signal: Signal): string {
  return JSON.stringify({ type: signal.type, at: signal.at, ...factsOf(signal.type, signal) })
}

function factsOf<Type extends Signal['type']>(type: Type, signal: SignalsByType[Type]): object {
  return writers[type](signal)
}

/** Members that are absent are left out by JSON. */
function envelopeOf(event: BusEvent): object {
  return {
    ...nameOf(event),
    source: maybe(event.source),
    subject: maybe(event.subject),
    userId: maybe(event.userId),
    key: maybe(event.key),
    time: event.time,
    version: event.version,
    correlationId: event.correlationId === event.id ? undefined : cut(event.correlationId),
    causationId: maybe(event.causationId),
    traceparent: maybe(event.traceparent),
    hops: event.hops === 0 ? undefined : event.hops,
  }
}

/** Enough for who has heard of it already. */
function nameOf({ id, type }: BusEvent): object {
  return { id: cut(id), type }
}

function at(event: BusEvent, { name }: SubscriptionInfo): object {
  return { event: nameOf(event), handler: maybe(name) }
}

function letterOf({ id, kind, event, handler, error, at: when }: DeadLetter): object {
  return { id: cut(id), kind, event: nameOf(event), handler: maybe(handler), error: errorOf(error), at: when }
}

function alertOf({ evidence, ...alert }: Alert): object {
  return {
    ...alert,
    evidence: evidence.map(({ at: when, eventId, eventType, handler, ms, error }) => ({
      at: when,
      eventId: cut(eventId),
      eventType,
      handler: maybe(handler),
      ms,
      error: errorOf(error),
    })),
  }
}

function newsOf(news: LogNews): object {
  return news.status === 'failed' ? { ...news, error: errorOf(news.error) } : news
}
