import type { BusError, BusEvent, SubscriptionInfo } from '@heliobus/core'
import type { Fields } from '../protocol/fields.ts'

/** What has been told of an event: its id and topic at least. Its data stays where it is. */
export function eventIn(signal: Fields): BusEvent {
  const fields = signal.inside('event')
  const id = fields.text('id')
  return {
    id,
    type: fields.text('type'),
    source: fields.anyText('source'),
    subject: fields.maybeText('subject'),
    userId: fields.maybeText('userId') ?? null,
    key: fields.maybeText('key'),
    time: fields.maybeAmount('time') ?? 0,
    data: undefined,
    version: fields.maybeAmount('version') ?? 1,
    correlationId: fields.maybeText('correlationId') ?? id,
    causationId: fields.maybeText('causationId'),
    traceparent: fields.maybeText('traceparent'),
    hops: fields.maybeAmount('hops') ?? 0,
  }
}

/** A handler over there, of which nothing but the name is known. */
export function subscriptionIn(signal: Fields): SubscriptionInfo {
  return {
    name: signal.anyText('handler'),
    patterns: [],
    priority: 0,
    scope: '',
    forwards: false,
    delivered: 0,
    failures: 0,
    buried: 0,
    pending: 0,
    madeAt: undefined,
  }
}

/** An error over there; a text when what was thrown was none. */
function errorIn(signal: Fields): Error | string {
  const fields = signal.inside('error')
  const message = fields.anyText('message')
  if (!fields.has('name')) return message
  const error = new Error(message)
  error.name = fields.text('name')
  delete error.stack // it would be that of this reader
  const code = fields.maybeText('code')
  return code === undefined ? error : Object.assign(error, { code })
}

export function maybeErrorIn(signal: Fields): Error | string | undefined {
  return signal.has('error') ? errorIn(signal) : undefined
}

/** An error of the bus over there. */
export function busErrorIn(signal: Fields): BusError {
  const fields = signal.inside('error')
  const error = Object.assign(new Error(fields.anyText('message')), {
    name: 'BusError',
    code: fields.text('code'),
    details: {},
  })
  delete error.stack
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- told by name and code, as one of another copy of core would be; its facts have stayed behind
  return error as unknown as BusError
}
