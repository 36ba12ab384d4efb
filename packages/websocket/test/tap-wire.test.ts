import type { BusError, BusEvent, Signal, SubscriptionInfo } from '@heliobus/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readTapFrame, readViewerFrame } from '../src/tap-wire/read-frame.ts'
import { readSignal } from '../src/tap-wire/signal-reader.ts'
import { writeSignal } from '../src/tap-wire/signal-writer.ts'
import { Violation } from '../src/protocol/close-code.ts'

const event: BusEvent = {
  id: 'e-1',
  type: 'order.created',
  source: 'shop',
  subject: 'o-7',
  userId: 'u-1',
  key: 'o-7',
  time: 1_000,
  data: { password: 'hunter2', total: 12 },
  version: 2,
  correlationId: 'e-0',
  causationId: 'e-0',
  traceparent: undefined,
  hops: 1,
}

const subscription: SubscriptionInfo = {
  name: 'mail',
  patterns: ['order.*'],
  priority: 3,
  scope: 'shop',
  forwards: false,
  delivered: 4,
  failures: 1,
  buried: 0,
  pending: 0,
  madeAt: 'at /srv/shop/mail.ts',
}

const error = Object.assign(new Error('SMTP said 421'), { code: 'smtp-421', stack: 'at /srv/shop/mail.ts' })
const busError = Object.assign(new Error('no'), {
  name: 'BusError',
  code: 'topic-invalid',
  details: {},
}) as unknown as BusError
const letter = {
  id: 'l-1',
  kind: 'failed',
  event,
  handler: 'mail',
  patterns: ['order.*'],
  attempts: [{ attempt: 1, at: 5, ms: 2, error }],
  error,
  at: 6,
} as const

const at = 1_234.5
const signals: readonly Signal[] = [
  { type: 'published', at, event },
  { type: 'received', at, event, link: 'websocket' },
  { type: 'handled', at, event, subscription, ms: 0.25, attempt: 1 },
  { type: 'failed', at, event, subscription, error, ms: 3, attempt: 1, retryIn: 100 },
  { type: 'failed', at, event, subscription, error: 'a text', ms: undefined, attempt: 2, retryIn: undefined },
  { type: 'cancelled', at, event, subscription, reason: 'superseded' },
  { type: 'buried', at, letter },
  { type: 'redriven', at, letter },
  { type: 'discarded', at, letter },
  {
    type: 'alert',
    at,
    alert: {
      name: 'dead-letters',
      on: 'dead-letters',
      pattern: '**',
      threshold: 3,
      window: 1_000,
      at,
      evidence: [{ at, eventId: 'e-1', eventType: 'a.b', handler: 'mail', ms: undefined, error }],
    },
  },
  { type: 'slow', at, subscription, ms: 900, isBlocking: true },
  { type: 'slow', at, subscription, ms: 900, isBlocking: false },
  { type: 'unhandled', at, event },
  { type: 'dropped', at, event, reason: 'echo' },
  { type: 'refused', at, error: busError, link: 'websocket' },
  { type: 'subscribed', at, subscription },
  { type: 'unsubscribed', at, subscription },
  { type: 'overflow', at, memory: 'outbox', capacity: 10 },
  { type: 'warning', at, warning: 'payload-large', topic: 'a.b', detail: 'it is large' },
  { type: 'link', at, link: 'redis', status: 'lost', detail: new Error('away') },
  { type: 'gap', at, link: 'redis', reason: 'trimmed', missing: 4 },
  { type: 'gap', at, link: 'redis', reason: 'trimmed', missing: undefined },
  { type: 'log', at, log: 'log', status: 'failed', error: busError, waiting: 3, retryIn: undefined },
  { type: 'log', at, log: 'log', status: 'recovered', waiting: 3 },
  { type: 'log', at, log: 'log', status: 'pruned', removed: 9 },
  { type: 'closed', at },
]

describe('signals on the wire', () => {
  test.each(signals.map((signal) => [signal.type, signal] as const))(
    '%s arrives as it was told',
    (_, signal) => {
      const text = writeSignal(signal)
      const read = readSignal(JSON.parse(text))
      expect(read).toMatchObject({ type: signal.type, at })
      expect(writeSignal(read)).toBe(text)
    },
  )

  test('no payload, no stack and no place in the source leaves the process', () => {
    const all = signals.map(writeSignal).join('\n')
    for (const secret of ['hunter2', 'total', '/srv/shop']) expect(all).not.toContain(secret)
  })

  test('an event has its whole envelope where it is told of first', () => {
    const read = readSignal(JSON.parse(writeSignal({ type: 'published', at, event })))
    expect(read).toEqual({ type: 'published', at, event: { ...event, data: undefined } })
  })

  test('an error keeps name, message and code', () => {
    const read = readSignal(JSON.parse(writeSignal(signals[3]!)))
    expect(read).toMatchObject({ error: { name: 'Error', message: 'SMTP said 421', code: 'smtp-421' } })
    expect(readSignal(JSON.parse(writeSignal(signals[4]!)))).toMatchObject({ error: 'a text' })
  })

  test('texts are cut, whatever was thrown', () => {
    const failed = { ...signals[3]!, error: new Error('x'.repeat(1_000_000)) } as Signal
    expect(writeSignal(failed).length).toBeLessThan(1_000)
    const huge = { ...event, subject: 's'.repeat(1_000_000) }
    expect(() => readSignal(JSON.parse(writeSignal({ type: 'published', at, event: huge })))).not.toThrow()
  })
})

describe('what a hostile process sends', () => {
  const broken: readonly unknown[] = [
    null,
    [],
    'published',
    { type: 'published', at: 1 },
    { type: 'published', at: 1, event: { id: 'a' } },
    { type: 'published', at: 1, event: { id: {}, type: 'a' } },
    { type: 'published', at: -1, event: { id: 'a', type: 'a' } },
    { type: 'published', at: 'now', event: { id: 'a', type: 'a' } },
    { type: 'published', at: 1, event: { id: 'a', type: 'a', source: 'x'.repeat(2_000) } },
    { type: 'handled', at: 1, event: { id: 'a', type: 'a' }, ms: -3, attempt: 1 },
    { type: 'dropped', at: 1, event: { id: 'a', type: 'a' }, reason: 'toString' },
    { type: 'link', at: 1, link: 'a', status: '__proto__' },
    { type: '__proto__', at: 1 },
    { type: 'constructor', at: 1 },
  ]

  test.each(broken.map((value) => [JSON.stringify(value).slice(0, 80), value]))(
    '%s is refused',
    (_, value) => {
      expect(() => readSignal(value)).toThrow(Violation)
    },
  )

  test('nothing but a violation is thrown, whatever arrives', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...signals), fc.string(), (value, signal, member) => {
        const mutated = { ...(JSON.parse(writeSignal(signal)) as object), [member]: value }
        for (const hostile of [value, mutated]) expect(throwsElse(() => readSignal(hostile))).toBe(false)
      }),
    )
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        for (const read of [readTapFrame, readViewerFrame]) expect(throwsElse(() => read(text))).toBe(false)
      }),
    )
  })

  test('members come from the object itself, and never from its prototype', () => {
    expect(() => readSignal(Object.create({ type: 'closed', at: 1 }))).toThrow(Violation)
  })
})

/** Whether it throws something that is no violation of the protocol. */
function throwsElse(act: () => unknown): boolean {
  try {
    act()
    return false
  } catch (thrown) {
    return !(thrown instanceof Violation)
  }
}
