import { describe, expect, test } from 'vitest'
import type { BusEvent } from '../src/event.ts'
import { decode, encode } from '../src/wire.ts'

const event: BusEvent = {
  id: '01890000-0000-7000-8000-000000000000',
  type: 'user.created',
  source: 'signup',
  subject: 'user-1',
  userId: 'ada',
  key: 'tenant-7',
  time: Date.UTC(2024, 1, 29, 12, 34, 56, 789),
  data: { name: 'Ada', tags: ['a', null, 1.5, true], nested: { empty: {} } },
  version: 3,
  correlationId: 'flow',
  causationId: 'cause',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  hops: 2,
}

const bare = { specversion: '1.0', id: '1', source: 'shop', type: 'order.placed' }

function fault(run: () => unknown): { code: string; details: unknown } {
  try {
    run()
  } catch (error) {
    const { code, details } = error as { code: string; details: unknown }
    return { code, details }
  }
  throw new Error('nothing was thrown')
}

describe('an event on the wire', () => {
  test('is a CloudEvent', () => {
    expect(encode(event, 'bus-1')).toStrictEqual({
      specversion: '1.0',
      id: '01890000-0000-7000-8000-000000000000',
      source: 'signup',
      type: 'user.created',
      subject: 'user-1',
      time: '2024-02-29T12:34:56.789Z',
      datacontenttype: 'application/json',
      data: { name: 'Ada', tags: ['a', null, 1.5, true], nested: { empty: {} } },
      partitionkey: 'tenant-7',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      correlationid: 'flow',
      causationid: 'cause',
      schemaversion: 3,
      userid: 'ada',
      origin: 'bus-1',
      hops: 2,
    })
  })

  test('has attribute names of lower-case letters, and values that are texts and whole numbers', () => {
    const { data: _, ...attributes } = encode(event, 'bus-1')
    for (const [name, value] of Object.entries(attributes)) {
      expect(name).toMatch(/^[a-z]+$/)
      expect(typeof value === 'string' || Number.isInteger(value)).toBe(true)
    }
  })

  test('leaves out what is not set', () => {
    const empty = {
      ...event,
      subject: undefined,
      userId: null,
      key: undefined,
      causationId: undefined,
      traceparent: undefined,
    }
    const wire = encode({ ...empty, data: undefined }, 'bus-1')
    for (const name of ['subject', 'userid', 'partitionkey', 'causationid', 'traceparent', 'data'])
      expect(wire).not.toHaveProperty(name)
    expect(decode(wire, 0).event).toStrictEqual({ ...empty, data: undefined })
  })

  test('comes back as it was, with its origin', () => {
    const arrival = decode(JSON.parse(JSON.stringify(encode(event, 'bus-1'))), 0)
    expect(arrival).toStrictEqual({ event, origin: 'bus-1', redacted: [] })
  })

  test('has no key when it had none, though it has a subject', () => {
    expect(decode(encode({ ...event, key: undefined }, 'bus-1'), 0).event.key).toBeUndefined()
  })

  test('shares nothing with the event', () => {
    const list = [1]
    const wire = encode({ ...event, data: { list } }, 'bus-1')
    list.push(2)
    expect(wire.data).toEqual({ list: [1] })
  })
})

describe('data that can travel', () => {
  const carried = (data: unknown): unknown => encode({ ...event, data }, 'bus-1').data

  test('a Date, and anything else with a toJSON, travels as that says', () => {
    class Money {
      toJSON(): string {
        return '12.50 EUR'
      }
    }
    const at = new Date(0)
    expect(carried({ at, price: new Money(), list: [new Money()] })).toEqual({
      at: '1970-01-01T00:00:00.000Z',
      price: '12.50 EUR',
      list: ['12.50 EUR'],
    })
  })

  test('members that are undefined are left out', () => {
    expect(carried({ a: undefined, b: 1 })).toStrictEqual({ b: 1 })
  })

  test('a proxy and a getter travel as what is read', () => {
    const draft = new Proxy({ a: 1 }, {})
    const computed = Object.defineProperty({}, 'b', { get: () => 2, enumerable: true })
    expect(carried({ draft, computed })).toStrictEqual({ draft: { a: 1 }, computed: { b: 2 } })
  })

  test('the same object may stand in two places', () => {
    const shared = { a: 1 }
    expect(carried([shared, shared])).toEqual([{ a: 1 }, { a: 1 }])
  })

  test('an object without a prototype is a plain object', () => {
    expect(carried(Object.assign(Object.create(null), { a: 1 }))).toStrictEqual({ a: 1 })
  })

  test('a member called __proto__ is a member like others', () => {
    const data = JSON.parse('{"__proto__":{"isAdmin":true},"constructor":1}')
    const arrived = decode(encode({ ...event, data }, 'bus-1'), 0).event.data as object
    expect(Object.getPrototypeOf(arrived)).toBe(Object.prototype)
    expect(Object.keys(arrived)).toEqual(['__proto__', 'constructor'])
    expect('isAdmin' in arrived).toBe(false)
    expect('isAdmin' in {}).toBe(false)
  })
})

describe('data that cannot travel is named with its path', () => {
  const cyclic: unknown[] = []
  cyclic.push({ back: cyclic })
  class Account {
    balance = 1
  }
  const thrower = Object.defineProperty({}, 'name', {
    enumerable: true,
    get() {
      throw new Error('not yet')
    },
  })
  const deep = (levels: number): unknown => (levels === 0 ? 1 : [deep(levels - 1)])

  test.each([
    ['data.items[0].price', 'JSON has no bigint; publish it as a string', { items: [{ price: 10n }] }],
    ['data.save', 'a function is not data', { save: () => 1 }],
    ['data["odd key"]', 'a symbol is not data', { 'odd key': Symbol('x') }],
    ['data', 'NaN would arrive as null', Number.NaN],
    ['data[1]', '-Infinity would arrive as null', [1, -Infinity]],
    ['data[0]', 'undefined in an array would arrive as null', [undefined]],
    ['data[0].back', 'it contains itself', cyclic],
    [
      'data.m',
      'a Map would arrive as something else; publish plain objects and arrays',
      { m: new Map([[1, 2]]) },
    ],
    [
      'data.a',
      'an instance of Account would lose its class; publish a plain object, or give it a toJSON',
      { a: new Account() },
    ],
    [
      'data.e',
      'a TypeError would arrive as something else; publish plain objects and arrays',
      { e: new TypeError('x') },
    ],
    [
      'data',
      'a Uint8Array would arrive as something else; publish plain objects and arrays',
      new Uint8Array(3),
    ],
    ['data.user.name', 'it threw when it was read', { user: thrower }],
  ])('%s: %s', (path, reason, data) => {
    expect(fault(() => encode({ ...event, data }, 'bus-1'))).toEqual({
      code: 'wire-unsupported',
      details: { path, reason },
    })
  })

  test('what a getter threw is the cause', () => {
    expect(() => encode({ ...event, data: thrower }, 'bus-1')).toThrow(
      expect.objectContaining({ cause: new Error('not yet') }),
    )
  })

  test('32 levels are carried, 33 are not', () => {
    expect(encode({ ...event, data: deep(32) }, 'bus-1').data).toEqual(deep(32))
    expect(fault(() => encode({ ...event, data: deep(33) }, 'bus-1'))).toMatchObject({
      code: 'wire-unsupported',
    })
    const brackets: unknown = JSON.parse('['.repeat(5_000) + ']'.repeat(5_000))
    expect(fault(() => encode({ ...event, data: brackets }, 'bus-1'))).toMatchObject({
      code: 'wire-unsupported',
    })
  })

  test('a path of hostile length is cut short', () => {
    const { details } = fault(() => encode({ ...event, data: { ['x'.repeat(5_000)]: 1n } }, 'bus-1'))
    expect((details as { path: string }).path.length).toBeLessThan(220)
  })

  test('so is a text of the event, or a time without a date', () => {
    const wrong = (part: Partial<BusEvent>): unknown =>
      fault(() => encode({ ...event, ...part }, 'bus-1')).details
    expect(wrong({ subject: 'x'.repeat(1_025) })).toEqual({
      path: 'subject',
      reason: 'it is longer than 1024 characters',
    })
    expect(wrong({ userId: 7 as never })).toEqual({ path: 'userId', reason: 'it is not a string' })
    expect(wrong({ source: '' })).toEqual({ path: 'source', reason: 'it is empty' })
    expect(wrong({ time: Number.NaN })).toEqual({
      path: 'time',
      reason: 'it is not within the years 0 to 9999',
    })
  })
})

describe('size', () => {
  test('an event larger than the limit is refused, with its size in bytes of UTF-8', () => {
    const bytes = new TextEncoder().encode(JSON.stringify(encode(event, 'bus-1'))).length
    expect(() => encode(event, 'bus-1', bytes)).not.toThrow()
    expect(fault(() => encode(event, 'bus-1', bytes - 1))).toEqual({
      code: 'wire-too-large',
      details: { bytes, limit: bytes - 1 },
    })
  })

  test('data that grows without end when written out is stopped at the limit', () => {
    let data: unknown = 'lol'
    for (let level = 0; level < 31; level++) data = [data, data]
    expect(fault(() => encode({ ...event, data }, 'bus-1'))).toMatchObject({ code: 'wire-too-large' })
  })

  test('by default an event of 1 MiB is carried, and no larger one', () => {
    const fits = (length: number): unknown => encode({ ...event, data: 'x'.repeat(length) }, 'bus-1')
    expect(() => fits(2 ** 20 - 1_000)).not.toThrow()
    expect(fault(() => fits(2 ** 20))).toMatchObject({ code: 'wire-too-large' })
  })
})

describe('a CloudEvent from elsewhere', () => {
  test('needs nothing but the required attributes', () => {
    expect(decode(bare, 1234)).toStrictEqual({
      origin: undefined,
      redacted: [],
      event: {
        id: '1',
        type: 'order.placed',
        source: 'shop',
        subject: undefined,
        userId: null,
        key: undefined,
        time: 1234,
        data: undefined,
        version: 1,
        correlationId: '1',
        causationId: undefined,
        traceparent: undefined,
        hops: 0,
      },
    })
  })

  test('is ordered by its subject, and may carry attributes that we do not know', () => {
    const { event: foreign } = decode(
      { ...bare, subject: 'order-1', dataschema: 'urn:x', weight: 3, userid: null },
      0,
    )
    expect(foreign).toMatchObject({ key: 'order-1', subject: 'order-1', userId: null })
    expect(foreign).not.toHaveProperty('weight')
  })

  test.each([
    ['2024-01-01T00:00:00Z', Date.UTC(2024, 0, 1)],
    ['2024-01-01t02:00:00.123456789+02:00', Date.UTC(2024, 0, 1, 0, 0, 0, 123)],
  ])('has the time %s', (time, expected) => {
    expect(decode({ ...bare, time }, 0).event.time).toBe(expected)
  })
})

describe('what is no event is malformed, and says why', () => {
  const trap = new Proxy(
    {},
    {
      ownKeys() {
        throw new Error('trap')
      },
    },
  )
  test.each([
    ['it is not an object', undefined],
    ['it is not an object', 'text'],
    ['it is not an object', [bare]],
    ['its specversion is not "1.0"', {}],
    ['its specversion is not "1.0"', { ...bare, specversion: '0.3' }],
    ['it has no id', { ...bare, id: undefined }],
    ['it has no id', { ...bare, id: '' }],
    ['its id is not a string', { ...bare, id: 7 }],
    ['its id is longer than 1024 characters', { ...bare, id: 'x'.repeat(1_025) }],
    ['it has no source', { ...bare, source: null }],
    ['"a..b" is not a topic: it has an empty segment', { ...bare, type: 'a..b' }],
    ['"a.*" is not a topic: it holds a wildcard, and wildcards only subscribe', { ...bare, type: 'a.*' }],
    ['its subject is not a string', { ...bare, subject: {} }],
    ['its time is not an RFC 3339 time', { ...bare, time: 'yesterday' }],
    ['its time is not an RFC 3339 time', { ...bare, time: '2024-13-01T00:00:00Z' }],
    ['its time is not a string', { ...bare, time: 1234 }],
    ['its hops is not a whole number up to 255', { ...bare, hops: -1 }],
    ['its hops is not a whole number up to 255', { ...bare, hops: 1e9 }],
    ['its schemaversion is not a whole number up to 2147483647', { ...bare, schemaversion: 1.5 }],
    [
      'data: a Map would arrive as something else; publish plain objects and arrays',
      { ...bare, data: new Map() },
    ],
    ['its data is binary', { ...bare, data_base64: 'AAAA' }],
    ['it: it threw when it was read', trap],
    ['it is larger than 1048576 bytes', { ...bare, data: 'x'.repeat(2 ** 20) }],
  ])('%s', (reason, message) => {
    expect(fault(() => decode(message, 0))).toEqual({ code: 'wire-malformed', details: { reason } })
  })

  test('a message of 5,000 brackets is refused, and does not exhaust the stack', () => {
    const data: unknown = JSON.parse('['.repeat(5_000) + ']'.repeat(5_000))
    expect(fault(() => decode({ ...bare, data }, 0))).toMatchObject({ code: 'wire-malformed' })
  })
})
