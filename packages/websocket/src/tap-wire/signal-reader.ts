import type { Alert, DeadLetter, Evidence, LogNews, Signal, SignalFacts } from '@heliobus/core'
import { Fields, isObject } from '../protocol/fields.ts'
import { malformed } from '../protocol/close-code.ts'
import { busErrorIn, eventIn, maybeErrorIn, subscriptionIn } from './facts.ts'
import {
  alertCauses,
  cancellations,
  dropReasons,
  letterKinds,
  linkStatuses,
  logStatuses,
  memories,
  warnings,
} from './words.ts'

const MOST_EVIDENCE = 10

type Read = (fields: Fields) => SignalFacts

const readers: ReadonlyMap<string, Read> = new Map<Signal['type'], Read>([
  ['published', (fields) => ({ type: 'published', event: eventIn(fields) })],
  ['received', (fields) => ({ type: 'received', event: eventIn(fields), link: fields.anyText('link') })],
  [
    'handled',
    (fields) => ({
      type: 'handled',
      event: eventIn(fields),
      subscription: subscriptionIn(fields),
      ms: fields.amount('ms'),
      attempt: fields.count('attempt'),
    }),
  ],
  [
    'failed',
    (fields) => ({
      type: 'failed',
      event: eventIn(fields),
      subscription: subscriptionIn(fields),
      error: maybeErrorIn(fields),
      ms: fields.maybeAmount('ms'),
      attempt: fields.count('attempt'),
      retryIn: fields.maybeAmount('retryIn'),
    }),
  ],
  [
    'cancelled',
    (fields) => ({
      type: 'cancelled',
      event: eventIn(fields),
      subscription: subscriptionIn(fields),
      reason: fields.oneOf('reason', cancellations),
    }),
  ],
  ['buried', (fields) => ({ type: 'buried', letter: letterIn(fields) })],
  ['redriven', (fields) => ({ type: 'redriven', letter: letterIn(fields) })],
  ['discarded', (fields) => ({ type: 'discarded', letter: letterIn(fields) })],
  ['alert', (fields) => ({ type: 'alert', alert: alertIn(fields.inside('alert')) })],
  [
    'slow',
    (fields) => ({
      type: 'slow',
      subscription: subscriptionIn(fields),
      ms: fields.amount('ms'),
      isBlocking: fields.has('isBlocking'),
    }),
  ],
  ['unhandled', (fields) => ({ type: 'unhandled', event: eventIn(fields) })],
  [
    'dropped',
    (fields) => ({
      type: 'dropped',
      event: eventIn(fields),
      reason: fields.oneOf('reason', dropReasons),
      error: maybeErrorIn(fields),
    }),
  ],
  ['refused', (fields) => ({ type: 'refused', error: busErrorIn(fields), link: fields.maybeText('link') })],
  ['subscribed', (fields) => ({ type: 'subscribed', subscription: subscriptionIn(fields) })],
  ['unsubscribed', (fields) => ({ type: 'unsubscribed', subscription: subscriptionIn(fields) })],
  [
    'overflow',
    (fields) => ({
      type: 'overflow',
      memory: fields.oneOf('memory', memories),
      capacity: fields.count('capacity'),
    }),
  ],
  [
    'warning',
    (fields) => ({
      type: 'warning',
      warning: fields.oneOf('warning', warnings),
      topic: fields.anyText('topic'),
      detail: fields.anyText('detail'),
    }),
  ],
  [
    'link',
    (fields) => ({
      type: 'link',
      link: fields.anyText('link'),
      status: fields.oneOf('status', linkStatuses),
    }),
  ],
  [
    'gap',
    (fields) => ({
      type: 'gap',
      link: fields.anyText('link'),
      reason: fields.anyText('reason'),
      missing: fields.maybeAmount('missing'),
    }),
  ],
  ['log', (fields) => ({ type: 'log', log: fields.anyText('log'), ...newsIn(fields) })],
  ['closed', () => ({ type: 'closed' })],
])

/** A signal that another process has written. Throws nothing but a `Violation`, whatever it is. */
export function readSignal(value: unknown): Signal {
  if (!isObject(value)) throw malformed('a signal is not an object')
  const fields = new Fields(value, 'signal')
  const type = fields.text('type')
  const read = readers.get(type)
  if (read === undefined) throw malformed('a signal of an unknown type')
  return { ...read(fields), at: fields.amount('at') }
}

function letterIn(signal: Fields): DeadLetter {
  const fields = signal.inside('letter')
  return {
    id: fields.text('id'),
    kind: fields.oneOf('kind', letterKinds),
    event: eventIn(fields),
    handler: fields.maybeText('handler'),
    patterns: [],
    attempts: [],
    error: maybeErrorIn(fields),
    at: fields.amount('at'),
  }
}

function alertIn(fields: Fields): Alert {
  return {
    name: fields.text('name'),
    on: fields.oneOf('on', alertCauses),
    pattern: fields.text('pattern'),
    threshold: fields.count('threshold', 1),
    window: fields.count('window', 1),
    at: fields.amount('at'),
    evidence: fields.list('evidence').slice(-MOST_EVIDENCE).map(evidenceIn),
  }
}

function evidenceIn(value: unknown): Evidence {
  if (!isObject(value)) throw malformed('evidence is not an object')
  const fields = new Fields(value, 'evidence')
  return {
    at: fields.amount('at'),
    eventId: fields.text('eventId'),
    eventType: fields.text('eventType'),
    handler: fields.maybeText('handler'),
    ms: fields.maybeAmount('ms'),
    error: maybeErrorIn(fields),
  }
}

function newsIn(fields: Fields): LogNews {
  const status = fields.oneOf('status', logStatuses)
  if (status === 'pruned') return { status, removed: fields.count('removed') }
  const waiting = fields.count('waiting')
  if (status === 'recovered') return { status, waiting }
  return { status, error: busErrorIn(fields), waiting, retryIn: fields.maybeAmount('retryIn') }
}
