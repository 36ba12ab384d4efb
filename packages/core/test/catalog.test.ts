import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import {
  createBus,
  defineCatalog,
  defineEvent,
  isBusError,
  type Schema,
  type SchemaResult,
} from '../src/index.ts'

const UserCreated = defineEvent('user.created', { data: z.object({ name: z.string() }) })
const UserLogin = defineEvent('user:login', { data: z.object({ device: z.string() }) })
const OrderPaid = defineEvent('order.paid', { data: z.object({ total: z.number() }) })

/** The error that `run` throws. */
function thrownBy(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  return expect.unreachable('nothing was thrown')
}

describe('a definition', () => {
  it('holds what it was told, with version 1 unless told otherwise', () => {
    const options = {
      data: z.object({ name: z.string() }),
      summary: 'Somebody signed up',
      trigger: 'The form was sent',
      producer: 'signup',
      consumers: { mail: 'welcomes them' },
      key: () => 'key',
      examples: [{ name: 'Ada' }],
    }
    const definition = defineEvent('user.created', options)
    expect({ ...definition }).toMatchObject({ ...options, type: 'user.created', version: 1 })
    expect(defineEvent('user.created', { ...options, version: 0 }).version).toBe(0)
    expect(defineEvent('user.created', { ...options, version: 7 }).version).toBe(7)
  })

  it('keeps its topic as it is spelled', () => {
    expect(UserLogin.type).toBe('user:login')
  })

  it('called with data makes a draft, which bus.publish takes', () => {
    const draft = UserCreated({ name: 'Ada' }, { userId: 'user 7' })
    expect(draft).toEqual({ type: 'user.created', data: { name: 'Ada' }, options: { userId: 'user 7' } })
    expect(UserCreated({ name: 'Ada' }).options).toBeUndefined()
    const event = createBus({ catalog: defineCatalog(UserCreated) }).publish(draft)
    expect(event).toMatchObject({ type: 'user.created', data: { name: 'Ada' }, userId: 'user 7' })
  })

  it('a draft is checked when it is published, not before', () => {
    const draft = UserCreated({ name: 7 } as unknown as { name: string })
    const bus = createBus({ catalog: defineCatalog(UserCreated) })
    expect(thrownBy(() => bus.publish(draft))).toMatchObject({ code: 'payload-invalid' })
  })

  it.each([
    ['', 'is empty'],
    ['user.*', 'holds a wildcard, and wildcards only subscribe'],
    ['user..created', 'has an empty segment'],
    ['user created', 'holds white space or a control character'],
    ['$user.created', 'starts with $, which is kept for the bus itself'],
  ])('cannot have the topic "%s"', (topic, reason) => {
    const error = thrownBy(() => defineEvent(topic, { data: z.string() }))
    expect(error).toMatchObject({ code: 'topic-invalid', details: { topic, reason } })
  })

  it.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '2' as unknown as number])(
    'cannot have the version %s',
    (version) => {
      const error = thrownBy(() => defineEvent('user.created', { data: z.string(), version }))
      expect(isBusError(error, 'option-invalid')).toBe(true)
      expect(error).toMatchObject({
        details: { option: 'version' },
        message: `the option version of "user.created" must be a whole number, not ${version}`,
      })
    },
  )
})

describe('a catalog', () => {
  const catalog = defineCatalog(UserCreated, UserLogin, OrderPaid)

  it('finds a definition by its topic, in either spelling', () => {
    expect(catalog.get('user.created')).toBe(UserCreated)
    expect(catalog.get('user:created')).toBe(UserCreated)
    expect(catalog.get('user.login')).toBe(UserLogin)
    expect(catalog.get('user:login')).toBe(UserLogin)
  })

  it('knows nothing else, also not what objects have by birth', () => {
    for (const topic of ['user', 'User.created', 'user.*', '**', '', '__proto__', 'constructor', 'size']) {
      expect(catalog.get(topic)).toBeUndefined()
    }
  })

  it('lists its definitions in the order in which they were given, as often as asked', () => {
    expect([...catalog]).toEqual([UserCreated, UserLogin, OrderPaid])
    expect([...catalog]).toHaveLength(3)
    expect(catalog.size).toBe(3)
  })

  it('may be empty', () => {
    const empty = defineCatalog()
    expect(empty.size).toBe(0)
    expect([...empty]).toEqual([])
  })

  it('joins definitions and other catalogs, and leaves those as they were', () => {
    const users = defineCatalog(UserCreated, UserLogin)
    const all = defineCatalog(users, OrderPaid, defineCatalog(defineCatalog()))
    expect([...all]).toEqual([UserCreated, UserLogin, OrderPaid])
    expect(all.get('user.login')).toBe(UserLogin)
    expect(users.size).toBe(2)
    expect(users.get('order.paid')).toBeUndefined()
  })

  it('may be given the same definition twice: two modules share it', () => {
    const joined = defineCatalog(
      defineCatalog(UserCreated, OrderPaid),
      UserCreated,
      defineCatalog(OrderPaid, UserLogin),
    )
    expect([...joined]).toEqual([UserCreated, OrderPaid, UserLogin])
  })

  it.each([
    ['the same spelling', 'user.created', 'user.created'],
    ['two spellings', 'user.created', 'user:created'],
    ['two spellings, the other way round', 'a:b', 'a.b'],
    ['mixed spellings', 'a.b:c', 'a:b.c'],
  ])('cannot have two definitions of one topic: %s', (_, first, second) => {
    const one = defineEvent(first, { data: z.string() })
    const other = defineEvent(second, { data: z.string() })
    for (const define of [
      () => defineCatalog(one, other),
      () => defineCatalog(defineCatalog(one), other),
      () => defineCatalog(defineCatalog(one), defineCatalog(other)),
    ]) {
      const error = thrownBy(define)
      expect(isBusError(error, 'definition-conflict')).toBe(true)
      expect(error).toMatchObject({ details: { topic: second } })
    }
  })

  it('tells topics apart by case', () => {
    const Upper = defineEvent('User.created', { data: z.string() })
    expect(defineCatalog(UserCreated, Upper).size).toBe(2)
  })
})

describe('a topic that was meant', () => {
  const catalog = defineCatalog(UserCreated, UserLogin, OrderPaid)

  it.each([
    ['user.craeted', 'user.created'],
    ['user.create', 'user.created'],
    ['order.payed', 'order.paid'],
    ['user.login', 'user:login'],
    ['users.login', 'user:login'],
  ])('is found for %s: %s', (topic, nearest) => {
    expect(catalog.nearest(topic)).toBe(nearest)
  })

  it.each(['weather.changed', 'x', ''])('is not guessed at for %s', (topic) => {
    expect(catalog.nearest(topic)).toBeUndefined()
  })

  it('is named by the error that an unknown topic throws', () => {
    const bus = createBus({ catalog })
    const error = thrownBy(() => bus.publish('user.craeted' as 'user.created', { name: 'Ada' }))
    expect(error).toMatchObject({
      code: 'topic-unknown',
      details: { topic: 'user.craeted', nearest: 'user.created' },
      message: 'no definition in the catalog is called "user.craeted"; did you mean "user.created"?',
    })
  })
})

/** A schema of nobody's library: it takes digits and gives a number. */
const digits: Schema<string, number> = {
  '~standard': {
    version: 1,
    vendor: 'test',
    validate: (value): SchemaResult<number> => {
      if (typeof value === 'number') return { value }
      if (typeof value === 'string' && /^\d+$/.test(value)) return { value: Number(value) }
      return {
        issues: [
          { message: 'are not digits' },
          { message: 'is wrong here', path: ['rows', 2, { key: 'count' }] },
          { message: 'is wrong there', path: [{ key: Symbol.for('there') }] },
        ],
      }
    },
  },
}

describe('any schema that follows Standard Schema', () => {
  const Counted = defineEvent('counted', { data: digits })
  const bus = createBus({ catalog: defineCatalog(Counted) })

  it('checks the data, and handlers get what it gives', () => {
    const seen: number[] = []
    bus.subscribe('counted', ({ data }) => seen.push(data + 1))
    expect(bus.publish('counted', '41').data).toBe(41)
    expect(seen).toEqual([42])
  })

  it('tells what is wrong, and where', () => {
    const error = thrownBy(() => bus.publish('counted', 'many'))
    expect(isBusError(error, 'payload-invalid')).toBe(true)
    expect(error).toMatchObject({
      details: {
        topic: 'counted',
        issues: [
          { message: 'are not digits', path: [] },
          { message: 'is wrong here', path: ['rows', 2, 'count'] },
          { message: 'is wrong there', path: [Symbol.for('there')] },
        ],
      },
      message:
        'the data of "counted" does not fit its schema: data: are not digits; rows.2.count: is wrong here; Symbol(there): is wrong there',
    })
  })

  it('may be a function that has the standard member, and may give undefined', () => {
    const nothing = Object.assign(() => undefined, {
      '~standard': { version: 1 as const, vendor: 'test', validate: () => ({ value: undefined }) },
    })
    const Pinged = defineEvent('pinged', { data: nothing })
    expect(createBus({ catalog: defineCatalog(Pinged) }).publish('pinged', undefined).data).toBeUndefined()
  })

  it('may answer with an empty list of issues beside a value only when it has no value', () => {
    const strict = (result: SchemaResult<string>): Schema<string> => ({
      '~standard': { version: 1, vendor: 'test', validate: () => result },
    })
    const publish = (result: SchemaResult<string>): unknown => {
      const Odd = defineEvent('odd', { data: strict(result) })
      return createBus({ catalog: defineCatalog(Odd) }).publish('odd', '').data
    }
    expect(publish({ value: 'fine', issues: undefined })).toBe('fine')
    expect(thrownBy(() => publish({ issues: [] }))).toMatchObject({ code: 'payload-invalid' })
  })

  it('that answers with a promise is refused', () => {
    const slow: Schema<string> = {
      '~standard': {
        version: 1,
        vendor: 'test',
        validate: (value) => Promise.resolve({ value: String(value) }),
      },
    }
    const Slow = defineEvent('slow', { data: slow })
    const error = thrownBy(() => createBus({ catalog: defineCatalog(Slow) }).publish('slow', ''))
    expect(error).toMatchObject({ code: 'schema-async', details: { topic: 'slow' } })
  })

  it('that throws itself is heard by the publisher, by its own error', () => {
    const broken: Schema<string> = {
      '~standard': {
        version: 1,
        vendor: 'test',
        validate: () => {
          throw new RangeError('out of order')
        },
      },
    }
    const Broken = defineEvent('broken', { data: broken })
    const bus2 = createBus({ catalog: defineCatalog(Broken) })
    expect(() => bus2.publish('broken', '')).toThrow(RangeError)
    expect(bus2.stats().published).toBe(0)
  })
})
