import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { createBus, defineCatalog, defineEvent } from '../src/index.ts'
import { freeze, type PublishOptions, seal } from '../src/event.ts'

function sealed(data: unknown, options?: PublishOptions) {
  return seal('id 1', 'user.created', 'signup', 1_000, data, 3, options)
}

describe('an event', () => {
  it('says what happened, where and when; what its publisher did not say is empty', () => {
    expect(sealed({ name: 'Ada' })).toStrictEqual({
      id: 'id 1',
      type: 'user.created',
      source: 'signup',
      subject: undefined,
      userId: null,
      key: undefined,
      time: 1_000,
      data: { name: 'Ada' },
      version: 3,
      correlationId: 'id 1',
      causationId: undefined,
      traceparent: undefined,
      hops: 0,
    })
  })

  it('says what its publisher said', () => {
    const options = {
      subject: 'user 7',
      userId: 'Ada',
      correlationId: 'flow 1',
      causationId: 'id 0',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    }
    expect(sealed(1, options)).toMatchObject(options)
  })

  it('has all its members, in one order, whatever its publisher said', () => {
    const members = Object.keys(sealed(1))
    for (const options of [
      {},
      { subject: 'a' },
      { userId: null },
      { traceparent: 't', correlationId: 'c' },
    ]) {
      expect(Object.keys(sealed(1, options))).toEqual(members)
    }
  })

  it.each<[PublishOptions, string | undefined]>([
    [{ subject: 'order 1', userId: 'Ada' }, 'order 1'],
    [{ userId: 'Ada' }, 'Ada'],
    [{ subject: '', userId: 'Ada' }, ''],
    [{ userId: null }, undefined],
    [{ subject: undefined, userId: undefined }, undefined],
    [{}, undefined],
  ])('is kept in order by its subject, else its user: %j', (options, key) => {
    expect(sealed(1, options).key).toBe(key)
  })

  it('of nobody in particular has the user null, also when that was left undefined', () => {
    expect(sealed(1, { userId: undefined }).userId).toBeNull()
    expect(sealed(1, { userId: null }).userId).toBeNull()
  })

  it('holds the data itself, not a copy', () => {
    const data = { name: 'Ada' }
    expect(sealed(data).data).toBe(data)
  })
})

describe('a frozen event', () => {
  it('cannot be changed, nor the objects and arrays of its data', () => {
    const event = freeze(sealed({ lines: [{ count: 1 }], nothing: null }))
    const data = event.data as { lines: { count: number }[] }
    expect(() => Object.assign(event, { type: 'user.deleted' })).toThrow(TypeError)
    expect(() => Object.assign(data, { lines: [] })).toThrow(TypeError)
    expect(() => data.lines.push({ count: 2 })).toThrow(TypeError)
    expect(() => (data.lines[0]!.count = 2)).toThrow(TypeError)
    expect(event.data).toEqual({ lines: [{ count: 1 }], nothing: null })
  })

  it('is frozen below what its publisher had frozen already', () => {
    const data = Object.freeze({ tags: ['a'], deep: Object.freeze([{ count: 1 }]) })
    freeze(sealed(data))
    expect(() => data.tags.push('b')).toThrow(TypeError)
    expect(() => (data.deep[0]!.count = 2)).toThrow(TypeError)
  })

  it('may hold data that refers to itself', () => {
    const data: { self?: unknown; list: unknown[] } = { list: [] }
    data.self = data
    data.list.push(data, data.list)
    freeze(sealed(data))
    expect(Object.isFrozen(data)).toBe(true)
    expect(Object.isFrozen(data.list)).toBe(true)
  })

  it('may hold data that has no prototype', () => {
    const data = Object.assign(Object.create(null) as { inner?: object }, { inner: {} })
    freeze(sealed(data))
    expect(Object.isFrozen(data)).toBe(true)
    expect(Object.isFrozen(data.inner)).toBe(true)
  })

  it('leaves alone what is more than data: dates, maps, bytes, instances of classes', () => {
    class Account {
      total = 0
    }
    const data = {
      at: new Date(0),
      seen: new Map([['a', 1]]),
      bytes: new Uint8Array(2),
      account: new Account(),
    }
    freeze(sealed(data))
    data.at.setTime(1)
    data.seen.set('b', 2)
    data.bytes[0] = 1
    data.account.total = 1
    expect(data.account.total).toBe(1)
  })

  it.each([undefined, null, 'text', 7, true, 7n])('may have %s for data', (data) => {
    expect(freeze(sealed(data)).data).toBe(data)
  })
})

describe('on a bus in development', () => {
  const Tagged = defineEvent('tagged', { data: z.object({ tags: z.array(z.string()) }).readonly() })
  const catalog = defineCatalog(Tagged)

  it('a handler that changes an event fails, and the next handler sees the event as it was', async () => {
    const bus = createBus({ catalog, development: true, logger: { level: 'silent', log: () => undefined } })
    const seen: unknown[] = []
    bus.subscribe('tagged', ({ data }) => data.tags.push('changed'), { name: 'careless' })
    bus.subscribe('tagged', ({ data }) => seen.push(data))
    const { outcomes } = await bus.settled(bus.publish('tagged', { tags: ['first'] }))
    expect(outcomes.map(({ status }) => status)).toEqual(['failed', 'handled'])
    expect(seen).toEqual([{ tags: ['first'] }])
  })

  it('elsewhere events are left as they are: to freeze them takes time', () => {
    const bus = createBus()
    expect(Object.isFrozen(bus.publish('a', {}))).toBe(false)
    expect(Object.isFrozen(createBus({ development: true }).publish('a', {}))).toBe(true)
  })
})
