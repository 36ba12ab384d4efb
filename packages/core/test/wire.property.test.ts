import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isBusError } from '../src/errors.ts'
import type { BusEvent } from '../src/event.ts'
import { decode, encode } from '../src/wire.ts'

const text = fc.string({ maxLength: 100, unit: 'binary' })
const name = fc.string({ minLength: 1, maxLength: 100 })
const optional = fc.option(text, { nil: undefined })
const topic = fc
  .array(fc.stringMatching(/^[a-z_][a-z0-9_]{0,9}$/), { minLength: 1, maxLength: 16 })
  .map((segments) => segments.join('.'))
const json = fc.jsonValue({ maxDepth: 5 }).map((value): unknown => withoutNegativeZero(value))

const event: fc.Arbitrary<BusEvent> = fc.record(
  {
    id: name,
    type: topic,
    source: name,
    subject: optional,
    userId: fc.option(text),
    key: optional,
    time: fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) }),
    data: json,
    version: fc.nat(),
    correlationId: text,
    causationId: optional,
    traceparent: optional,
    hops: fc.nat({ max: 4 }),
  },
  { noNullPrototype: true },
)

test('an event comes back from the wire as it was, also as JSON text', () => {
  fc.assert(
    fc.property(event, name, (original, origin) => {
      const wire = encode(original, origin)
      expect(decode(wire, 0)).toStrictEqual({ event: original, origin, redacted: [] })
      expect(decode(JSON.parse(JSON.stringify(wire)), 0)).toStrictEqual({
        event: original,
        origin,
        redacted: [],
      })
    }),
  )
})

test('the size that is counted is the size of the JSON text in UTF-8', () => {
  fc.assert(
    fc.property(event, name, (original, origin) => {
      const { length } = new TextEncoder().encode(JSON.stringify(encode(original, origin)))
      expect(() => encode(original, origin, length)).not.toThrow()
      expect(() => encode(original, origin, length - 1)).toThrow('exceeds the limit')
    }),
  )
})

test('whatever an event holds, it is encoded or refused with its path', () => {
  const anything = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withSparseArray: true,
  })
  fc.assert(
    fc.property(event, anything, (original, data) => {
      const outcome = attempt(() => encode({ ...original, data }, 'bus'))
      expect(outcome === undefined || isBusError(outcome, 'wire-unsupported')).toBe(true)
    }),
  )
})

test('whatever comes in, decoding throws nothing but wire-malformed', () => {
  const anything = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withTypedArray: true,
  })
  const almost = fc
    .tuple(
      event,
      fc.dictionary(fc.constantFrom('id', 'type', 'time', 'hops', 'origin', 'data', 'subject'), anything),
    )
    .map(([original, changes]): unknown => ({ ...encode(original, 'bus'), ...changes }))
  fc.assert(
    fc.property(fc.oneof(anything, almost), (message) => {
      const outcome = attempt(() => decode(message, 0))
      expect(outcome === undefined || isBusError(outcome, 'wire-malformed')).toBe(true)
      expect(Object.keys(Object.prototype)).toEqual([])
    }),
  )
})

function attempt(run: () => unknown): unknown {
  try {
    run()
    return undefined
  } catch (error) {
    return error
  }
}

/** JSON text has no negative zero. */
function withoutNegativeZero(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}
