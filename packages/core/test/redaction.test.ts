import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import {
  bridge,
  type BridgeOptions,
  type BusEvent,
  createBus,
  createMemoryLog,
  createMemoryMesh,
  defineCatalog,
  defineEvent,
  isBusError,
  isSecretName,
  MASK,
  record,
  replay,
  type Schema,
  upgrade,
} from '../src/index.ts'
import { redact } from '../src/redaction.ts'
import { leadsToSecret, secrecyOf } from '../src/secrecy.ts'
import { createProbe } from './probe-transport.ts'
import { dataIn } from './stub-log.ts'
import { tappedBus } from './tapped-bus.ts'
import { turn } from './turn.ts'

const limits = { depth: 32, bytes: 100_000 }
const byName = secrecyOf([], isSecretName)

describe('a name that is taken for a secret', () => {
  it.each([
    'password',
    'newPassword',
    'PASSWD',
    'access_token',
    'refreshToken',
    'client-secret',
    'Authorization',
    'credit_card',
    'creditCardNumber',
    'API_KEY',
    'privateKey',
    'session_id',
    'set-cookie',
    'pin',
    'cvv',
    'ssn',
    'jwt',
  ])('%s', (name) => {
    expect(isSecretName(name)).toBe(true)
    expect(isSecretName(name)).toBe(true) // as it is remembered
  })

  it.each(['name', 'pinned', 'compass', 'author', 'spinner', 'card', 'keyboard', ''])('is not %j', (name) => {
    expect(isSecretName(name)).toBe(false)
  })
})

describe('data without its secrets', () => {
  const masked = (data: unknown, paths: readonly string[]) => redact(data, secrecyOf(paths), limits)

  it('is itself when it holds none', () => {
    const data = { user: { name: 'Ada', list: [1, { a: 2 }] } }
    expect(redact(data, byName, limits)).toBe(data)
    expect(masked(data, ['user.password', 'card.*'])).toBe(data)
    for (const plain of ['text', 7, null, undefined, true]) expect(redact(plain, byName, limits)).toBe(plain)
  })

  it('is a copy when it holds some; the original is left alone', () => {
    const data = { name: 'Ada', login: { password: 'x', tries: [{ token: 'y' }] } }
    const before = structuredClone(data)
    expect(redact(data, byName, limits)).toEqual({
      name: 'Ada',
      login: { password: MASK, tries: [{ token: MASK }] },
    })
    expect(data).toEqual(before)
  })

  it.each<[path: string, data: unknown, wanted: unknown]>([
    ['a', { a: 1, b: 2 }, { a: MASK, b: 2 }],
    ['a', { a: { deep: 1 }, c: { a: 1 } }, { a: MASK, c: { a: 1 } }],
    ['a.b', { a: { b: 1, c: 2 }, b: 3 }, { a: { b: MASK, c: 2 }, b: 3 }],
    [
      'list.*.key',
      { list: [{ key: 1, n: 1 }, { key: 2 }, 3] },
      { list: [{ key: MASK, n: 1 }, { key: MASK }, 3] },
    ],
    ['list.1', { list: ['a', 'b'] }, { list: ['a', MASK] }],
    ['*', { a: 1, b: [2] }, { a: MASK, b: MASK }],
    ['*.0', [['a', 'b'], ['c']], [[MASK, 'b'], [MASK]]],
    ['**.key', { key: 1, a: { b: { key: 2, c: 3 } } }, { key: MASK, a: { b: { key: MASK, c: 3 } } }],
    ['a.**', { a: { b: 1, c: { d: 2 } }, e: 3 }, { a: { b: MASK, c: MASK }, e: 3 }],
    ['a.**.z', { a: { z: 1, b: { z: 2 } }, z: 3 }, { a: { z: MASK, b: { z: MASK } }, z: 3 }],
    ['a', { a: null, b: 1 }, { a: null, b: 1 }],
    ['a', { a: undefined, b: 1 }, { a: undefined, b: 1 }],
    ['a', { a: false }, { a: MASK }],
    ['toString', { toString: 'x' }, { toString: MASK }],
  ])('by the path %s', (path, data, wanted) => {
    expect(masked(data, [path])).toEqual(wanted)
  })

  it('by its name a secret may be a text, a number, an object, a list, but not a boolean', () => {
    const data = { password: 'x', pin: 1234, secret: { a: 1 }, tokens: ['a'], hasPassword: true }
    expect(redact(data, byName, limits)).toEqual({
      password: MASK,
      pin: MASK,
      secret: MASK,
      tokens: MASK,
      hasPassword: true,
    })
  })

  it('an object that says itself what JSON has of it is looked through as JSON has it', () => {
    class Login {
      readonly #password = 'x'
      toJSON(): unknown {
        return { at: new Date(0), password: this.#password }
      }
    }
    expect(redact({ login: new Login() }, byName, limits)).toEqual({
      login: { at: '1970-01-01T00:00:00.000Z', password: MASK },
    })
  })

  it('a member called __proto__ is only a name', () => {
    const data: unknown = JSON.parse('{ "__proto__": { "password": "x" }, "a": 1 }')
    expect(JSON.stringify(redact(data, byName, limits))).toBe(`{"__proto__":{"password":"${MASK}"},"a":1}`)
    expect(JSON.stringify(masked(data, ['__proto__']))).toBe(`{"__proto__":"${MASK}","a":1}`)
  })

  it('what cannot be looked through is refused with its path', () => {
    const cycle: { self?: unknown } = {}
    cycle.self = cycle
    const throwing = {
      get broken(): never {
        throw new Error('no')
      },
    }
    for (const [data, path] of [
      [{ a: cycle }, 'data.a.self'],
      [{ a: throwing }, 'data.a.broken'],
      [{ a: new Map() }, 'data.a'],
    ] as const)
      expect(() => redact(data, byName, limits)).toThrow(`${path} can't leave the process`)
  })

  it('a structure that shares its parts a billion times over is given up in time', () => {
    let data: unknown = { end: 1 }
    for (let level = 0; level < 30; level++) data = [data, data]
    expect(() => redact(data, byName, limits)).toThrow('exceeds the limit')
  })

  it('paths with many ** are followed in reasonable time', () => {
    let data: unknown = { end: 1 }
    for (let level = 0; level < 30; level++) data = { a: data }
    const many = secrecyOf(['**.a.**.a.**.a.**.a.**.a.**.a.**.a.**.nobody', '**.**.**.**.**.**.**.**.nobody'])
    expect(redact(data, many, limits)).toBe(data)
  })
})

it.each<[way: string, paths: readonly string[], leads: boolean]>([
  ['card.number', ['card.number'], true],
  ['card', ['card.number'], false],
  ['card.number.last', ['card.number'], true],
  ['logins.*.token', ['logins.*.token'], true],
  ['logins.*.token', ['logins'], true],
  ['logins.*.token', ['*.0.token'], false],
  ['a.b.key', ['**.key'], true],
  ['a', [], false],
])('the way %s, with the paths %j declared, leads to a secret: %s', (way, paths, leads) => {
  expect(leadsToSecret(paths)(way.split('.'))).toBe(leads)
})

const Paid = defineEvent('order.paid', {
  data: z.object({
    order: z.string(),
    card: z.object({ number: z.string().regex(/^\d+$/), holder: z.string() }),
    items: z.array(z.object({ price: z.number() })),
  }),
  sensitive: ['card.number', 'items.*.price'],
})
const catalog = defineCatalog(Paid)
const payment = { order: 'o7', card: { number: '4242', holder: 'Ada' }, items: [{ price: 12 }] }
const hidden = { order: 'o7', card: { number: MASK, holder: 'Ada' }, items: [{ price: MASK }] }

describe('over a bridge', () => {
  async function crossing(options: BridgeOptions = {}) {
    const mesh = createMemoryMesh()
    const [here, there] = [createBus({ catalog, source: 'here' }), tappedBus({ catalog, source: 'there' })]
    await bridge(here, mesh, options as object)
    await bridge(there.bus, mesh)
    const arrived: BusEvent[] = []
    there.bus.subscribe('order.paid', (event) => arrived.push(event))
    return { here, there, arrived }
  }

  it('what is declared is masked, here nothing is, and the schema is not asked about it', async () => {
    const { here, there, arrived } = await crossing()
    const local: unknown[] = []
    here.subscribe('order.paid', ({ data }) => local.push(data))
    here.publish('order.paid', payment)
    await turn()
    expect(local).toEqual([payment])
    expect(here.history()[0]?.data).toEqual(payment)
    expect(arrived.map(({ data }) => data)).toEqual([hidden])
    expect(there.told('refused')).toEqual([])
  })

  it('the paths travel with the event, when something is masked', async () => {
    const bus = createBus({ catalog })
    const probe = createProbe()
    await bridge(bus, probe)
    bus.publish('order.paid', payment)
    await turn()
    expect(probe.sent[0]).toMatchObject([{ data: hidden, redacted: 'card.number,items.*.price' }])
  })

  it('a bridge may reveal it', async () => {
    const { here, arrived } = await crossing({ reveal: true })
    here.publish('order.paid', payment)
    await turn()
    expect(arrived.map(({ data }) => data)).toEqual([payment])
  })

  it('names alone mask nothing on the wire', async () => {
    const [here, there] = [createBus(), createBus()]
    const mesh = createMemoryMesh()
    await bridge(here, mesh)
    await bridge(there, mesh)
    const arrived = there.waitFor('login')
    here.publish('login', { password: 'x' })
    expect((await arrived).data).toEqual({ password: 'x' })
  })

  it('what is masked by a definition that is unknown here is believed, and nothing else', async () => {
    const Bare = defineEvent('order.paid', { data: z.object({ order: z.string(), total: z.number() }) })
    const { bus, told } = tappedBus({ catalog: defineCatalog(Bare) })
    const probe = createProbe()
    await bridge(bus, probe)
    const sender = createBus()
    const other = createProbe()
    await bridge(sender, other)
    sender.publish('order.paid', { order: 'o7', total: MASK })
    await turn()
    const wire = other.sent[0]![0]!
    const receive = (changes: object) => probe.port.receive({ ...wire, id: crypto.randomUUID(), ...changes })
    bus.subscribe('order.paid', () => undefined)
    expect(await receive({})).toMatchObject({ refused: 'payload-invalid' })
    expect(await receive({ redacted: 'total' })).toMatchObject({ handled: 1 })
    expect(await receive({ redacted: 'order' })).toMatchObject({ refused: 'payload-invalid' })
    expect(await receive({ redacted: 'total', data: { order: 'o7', total: 'x' } })).toMatchObject({
      refused: 'payload-invalid',
    })
    expect(await receive({ redacted: 'total', data: { total: MASK } })).toMatchObject({
      refused: 'payload-invalid',
    })
    expect(await receive({ redacted: 'a..b' })).toMatchObject({ refused: 'wire-malformed' })
    expect(told('refused').at(-1)).toMatchObject({
      error: { message: expect.stringContaining('its redacted holds "a..b"') },
    })
  })
})

describe('in a log', () => {
  async function recorded(publish: (bus: ReturnType<typeof createBus>) => void, options = {}) {
    const { bus, told } = tappedBus(options)
    const log = createMemoryLog()
    const recording = record(bus, log)
    publish(bus)
    await recording.flush()
    return { log, told, recording }
  }

  it('what is declared is masked, and what is under a secret name', async () => {
    const { log } = await recorded(
      (bus) => {
        bus.publish('order.paid', payment)
      },
      { catalog },
    )
    expect(await dataIn(log)).toEqual([hidden])
    const named = await recorded((bus) => {
      bus.publish('login', { name: 'Ada', password: 'x', headers: [{ Authorization: 'y' }] })
    })
    expect(await dataIn(named.log)).toEqual([
      { name: 'Ada', password: MASK, headers: [{ Authorization: MASK }] },
    ])
  })

  it('which names those are can be said', async () => {
    const bus = createBus()
    const log = createMemoryLog()
    const recording = record(bus, log, { isSecret: (name) => name === 'nick' })
    bus.publish('login', { nick: 'a', token_count: 7 })
    await recording.flush()
    expect(await dataIn(log)).toEqual([{ nick: MASK, token_count: 7 }])
  })

  it('what cannot be looked through for secrets is not stored, and told', async () => {
    const { log, told, recording } = await recorded((bus) => {
      bus.publish('login', { password: 'x', run: () => 1 })
      bus.publish('login', { name: 'Ada' })
    })
    expect(await dataIn(log)).toEqual([{ name: 'Ada' }])
    expect(told('dropped')).toMatchObject([
      { reason: 'unstorable', error: { code: 'log-unsupported', details: { path: 'data.run' } } },
    ])
    expect(recording.dropped).toBe(1)
  })

  it('what is masked can be replayed, and upgraded, though it would not fit', async () => {
    const { log } = await recorded((bus) => void bus.publish('order.paid', payment), { catalog })
    const bus = createBus({ catalog })
    const seen: unknown[] = []
    bus.subscribe('order.paid', ({ data }) => seen.push(data))
    expect(await replay(log, bus).done).toMatchObject({ replayed: 1, refused: 0 })
    expect(seen).toEqual([hidden])
    for await (const { event } of log.read()) expect(upgrade(event, catalog).data).toEqual(hidden)
  })
})

describe('in development', () => {
  const warned = (...topics: string[]) => topics.map((topic) => ({ warning: 'payload-secret', topic }))

  it('an event that carries what looks like a secret is named, once per topic and path', () => {
    const { bus, told, logger } = tappedBus({ development: true })
    const data = { user: { password: 'x', logins: [{ token: 'y' }, { token: 'z' }] } }
    bus.publish('login', data)
    bus.publish('login', data)
    bus.publish('fine', { name: 'x' })
    bus.publish('logout', { token: 'y' })
    expect(told('warning')).toMatchObject(warned('login', 'login', 'logout'))
    expect(logger.entries.map(({ message }) => message)).toEqual([
      expect.stringContaining('login: the payload carries user.password, which looks like a secret'),
      expect.stringContaining('login: the payload carries user.logins.*.token, '),
      expect.stringContaining('logout: the payload carries token, '),
    ])
  })

  it('whatever the payload is, and however many secrets are in it', () => {
    const { bus, told } = tappedBus({ development: true })
    const circle: Record<string, unknown> = { password: { token: 'x' }, hasToken: true, pin: null }
    circle['circle'] = circle
    bus.publish('odd', circle)
    for (const data of [undefined, 'password', ['x', ['y']], { map: new Map([['password', 'x']]) }, 7n])
      bus.publish('odd', data)
    expect(told('warning')).toMatchObject(warned('odd'))
    bus.publish('many', Object.fromEntries(Array.from({ length: 2_000 }, (_, n) => [`token${n}`, 'x'])))
    expect(told('warning')).toHaveLength(1_000)
  })

  it('not when it is declared', () => {
    const Login = defineEvent('login', {
      data: z.object({ password: z.string(), token: z.string().optional() }),
      sensitive: ['password'],
    })
    const { bus, told } = tappedBus({ development: true, catalog: defineCatalog(Login) })
    bus.publish('login', { password: 'x' })
    expect(told('warning')).toEqual([])
    bus.publish('login', { password: 'x', token: 'y' })
    expect(told('warning')).toMatchObject([{ detail: expect.stringContaining('carries token') }])
  })
})

describe('the words of a schema that say what they were given', () => {
  /** As some libraries do: each text is refused, and quoted. */
  const quoting: Schema = {
    '~standard': {
      version: 1,
      vendor: 'test',
      validate: (data) => ({
        issues: Object.entries(Object(data)).map(([key, value]) => ({
          message: `expected a number but received ${JSON.stringify(value)}`,
          path: [key],
        })),
      }),
    },
  }
  const words = (data: unknown, sensitive: readonly string[] = []): string => {
    const bus = createBus({ catalog: defineCatalog(defineEvent('a', { data: quoting, sensitive })) })
    const [error] = [caught(() => bus.publish('a', data))]
    return isBusError(error) ? error.message : ''
  }
  const caught = (act: () => unknown): unknown => {
    try {
      return act()
    } catch (error) {
      return error
    }
  }

  it('are left as they are, but where they would quote a secret', () => {
    expect(words({ name: 'Ada', password: 'hunter2' })).toBe(
      'the data of "a" does not fit its schema: name: expected a number but received "Ada"; ' +
        "password: does not fit; the schema's own words quote a secret",
    )
    expect(words({ card: { number: 4242 }, n: '"x"' }, ['card.number', 'n'])).not.toMatch(/4242|x/)
    expect(words({ secret: ['hunter2'] })).not.toContain('hunter2')
    expect(words({ password: true, token: null })).toContain('received true')
    expect(words({ card: null }, ['card.number'])).toContain('received null')
    expect(words({ card: '' }, ['card.number'])).toContain('received ""')
  })

  it('are replaced when nobody can tell what is secret', () => {
    let deep: unknown = 'x'
    for (let level = 0; level < 40; level++) deep = [deep]
    expect(words({ deep })).toContain('deep: does not fit; the')
  })
})

describe('paths that make no sense', () => {
  const define = (sensitive: readonly string[]) => () => defineEvent('a', { data: z.unknown(), sensitive })

  it.each(['', 'a..b', '.a', 'a b', 'a,b', Array.from({ length: 33 }, () => 'a').join('.')])('%j', (path) => {
    expect(define(['fine', path])).toThrow(`the option sensitive of "a" holds "${path}", which is no path`)
  })

  it('too many', () => {
    expect(define(Array.from({ length: 300 }, (_, n) => `a${n}`))).toThrow('is longer than 1000 characters')
  })
})
