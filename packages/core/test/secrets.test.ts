import { expect, it } from 'vitest'
import * as z from 'zod'
import {
  bridge,
  createBus,
  createMemoryLog,
  createMemoryMesh,
  defineCatalog,
  defineEvent,
  historyFrom,
  type LogLine,
  record,
  toRecord,
  type Transport,
} from '../src/index.ts'
import { createProbe } from './probe-transport.ts'
import { storedIn } from './stub-log.ts'
import { tappedBus } from './tapped-bus.ts'
import { turn } from './turn.ts'
import { untyped } from './untyped.ts'

// Planted, and looked for wherever something leaves the bus.
const DECLARED = ['canary-card', 'canary-first-key', 'canary-second-key', 'canary-note']
const NAMED = ['canary-password', 'canary-bearer', 'canary-nested-token']

/** Words that quote what they were given: other schemas have them by default. */
const quote = ({ input }: { input: unknown }): string => `is not what was expected: ${JSON.stringify(input)}`

const Paid = defineEvent('order.paid', {
  data: z.object({
    card: z.object(
      { number: z.string({ error: quote }).startsWith('canary-', { error: quote }), last: z.string() },
      { error: quote },
    ),
    items: z.array(z.object({ key: z.string(), price: z.number() })),
    notes: z.record(z.string(), z.string()),
    login: z.object({ password: z.string({ error: quote }), headers: z.array(z.looseObject({})) }).optional(),
  }),
  sensitive: ['card.number', 'items.*.key', 'notes.*', 'there.is.no.such.path', 'items.*.nothing.*'],
  retain: true,
})
const catalog = defineCatalog(Paid)

const payment = {
  card: { number: 'canary-card', last: '4242' },
  items: [
    { key: 'canary-first-key', price: 1 },
    { key: 'canary-second-key', price: 2 },
  ],
  notes: { anything: 'canary-note' },
  login: {
    password: 'canary-password',
    headers: [{ Authorization: 'canary-bearer' }, { more: { access_token: 'canary-nested-token' } }],
  },
}

/** All that can be read in a value, what is not enumerable in errors included. */
function textOf(value: unknown, depth = 0): string {
  if (typeof value !== 'object' || value === null || depth > 12) return String(value)
  const own = Object.getOwnPropertyNames(value).map((name) => [name, Reflect.get(value, name)])
  return own.map(([name, member]) => `${String(name)}: ${textOf(member, depth + 1)}`).join('\n')
}

function foundIn(value: unknown, secrets: readonly string[]): string[] {
  const text = textOf(value)
  return secrets.filter((secret) => text.includes(secret))
}

/** Publishes what holds secrets, and lets go wrong what can: a handler fails, a schema refuses. */
function cause(typed: { readonly publish: unknown }, fail: () => void): void {
  const bus = untyped(typed)
  bus.publish('order.paid', payment)
  bus.publish('order.paid', { ...payment, notes: { other: 'canary-note' } })
  for (const card of [{ number: 7, last: '' }, { number: 'my canary-card' }, 'canary-card', null])
    try {
      bus.publish('order.paid', { ...payment, card, login: { ...payment.login, password: NAMED } })
    } catch {
      fail()
    }
}

it('no log has a secret, neither of those that are declared nor of those that are named so', async () => {
  const bus = createBus({ catalog })
  const log = createMemoryLog()
  const recording = record(bus, log)
  cause(bus, () => undefined)
  await recording.close()
  const stored = await storedIn(log)
  expect(stored).toHaveLength(2)
  expect(foundIn(stored, [...DECLARED, ...NAMED])).toEqual([])
  expect(foundIn(stored.map(toRecord), [...DECLARED, ...NAMED])).toEqual([])
  const later = createBus({ catalog })
  expect(foundIn(await historyFrom(later, log), [...DECLARED, ...NAMED])).toEqual([])
  expect(textOf(stored)).toContain('4242')
})

it('no message over a wire has a declared secret, whatever it says', async () => {
  const messages: unknown[] = []
  const mesh = createMemoryMesh()
  /** What the mesh brings is what was sent. */
  const listening: Transport = {
    ...mesh,
    open: (port) =>
      mesh.open({
        ...port,
        receive: (message, delivery) => {
          messages.push(message)
          return port.receive(message, delivery)
        },
      }),
  }
  const probe = createProbe()
  const [here, there] = [createBus({ catalog }), createBus({ catalog })]
  await bridge(here, mesh)
  await bridge(here, probe)
  await bridge(there, listening)
  there.subscribe('order.paid', () => {
    throw new Error('the handler of the other side fails')
  })
  cause(here, () => undefined)
  await turn()
  expect(messages).toHaveLength(2)
  expect(foundIn([messages, probe.sent, there.history()], DECLARED)).toEqual([])
  expect(textOf([messages, probe.sent])).toContain('4242')
})

it('no line for a logger has a secret, and no error', async () => {
  const lines: LogLine[] = []
  const logger = { level: 'debug', log: (line: LogLine) => void lines.push(line) } as const
  const { bus, pass, signals } = tappedBus({ catalog, logger, development: true, keepStacks: true })
  const probe = createProbe()
  await bridge(bus, probe)
  bus.subscribe('order.paid', ({ data }) => String(Object(data).no.thing), { name: 'fails' })
  bus.subscribe('order.paid', () => new Promise(() => undefined), { name: 'hangs', timeout: 10 })
  bus.subscribe('order.paid', () => untyped(bus).publish('order.paid', { ...payment, card: 'canary-card' }))
  const errors: unknown[] = []
  let refusals = 0
  cause(bus, () => refusals++)
  for (let n = 0; n < 5; n++) await pass(60_000)
  await probe.port.receive({ ...probe.sent[0]![0], id: 'bad', data: { card: payment.card } })
  for (const signal of signals) if ('error' in signal) errors.push(signal.error)
  const letters = bus.deadLetters.list().map(({ error, attempts, handler }) => ({ error, attempts, handler }))
  expect(refusals).toBe(4)
  expect(letters.length).toBeGreaterThan(3)
  expect(lines.length).toBeGreaterThan(10)
  expect(foundIn([lines, errors, letters], [...DECLARED, ...NAMED])).toEqual([])
})

it('who may know has all of it: handlers, the history, who subscribes later', () => {
  const bus = createBus({ catalog })
  bus.publish('order.paid', payment)
  const seen: unknown[] = []
  bus.subscribe('order.paid', ({ data }) => void seen.push(data))
  expect(foundIn(seen, [...DECLARED, ...NAMED])).toEqual([...DECLARED, ...NAMED])
  expect(bus.history()[0]!.data).toEqual(payment)
})
