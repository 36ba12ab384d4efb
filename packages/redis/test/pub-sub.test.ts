import { bridge, type Bus, createBus } from '@heliobus/core'
import { until } from '@heliobus/testing'
import { createClient } from 'redis'
import { afterEach, expect, test } from 'vitest'
import { nodeRedis, type PubSubLimits, redisPubSub } from '../src/index.ts'
import { someServer } from './world.ts'

const url = await someServer()
const buses: Bus[] = []

afterEach(async () => {
  await Promise.all(buses.splice(0).map((bus) => bus.close()))
})

/** Nobody else's, on a server that isn't ours alone. */
const run = crypto.randomUUID()

async function join(name: string, limits: PubSubLimits = {}): Promise<Bus> {
  const bus = createBus({ logger: { log: () => undefined } })
  buses.push(bus)
  const client = nodeRedis(createClient({ url }))
  await bridge(bus, redisPubSub({ client, namespace: `${run}:${name}`, limits }), { send: ['**'] })
  return bus
}

/** Says something on the channel that is no frame of ours. */
async function say(name: string, texts: readonly string[]): Promise<void> {
  const stranger = createClient({ url })
  await stranger.connect()
  for (const text of texts) await stranger.publish(`heliobus:1:${run}:${name}`, text)
  stranger.destroy()
}

test('hostile messages are refused or told as a gap, and the next event arrives', async () => {
  const [bus, other] = [await join('hostile', { messageCharacters: 10_000 }), await join('hostile')]
  const refused: string[] = []
  const gaps: unknown[] = []
  const heard: unknown[] = []
  bus.tap$.subscribe((signal) => {
    if (signal.type === 'refused') refused.push(signal.error.code)
    if (signal.type === 'gap') gaps.push({ reason: signal.reason, missing: signal.missing })
  })
  bus.subscribe('hello', ({ data }) => void heard.push(data))
  const event = {
    specversion: '1.0',
    id: 'x',
    source: 'x',
    type: 'hello',
    data: { ['__proto__']: { evil: true } },
  }
  await say('hostile', [
    '',
    'no JSON',
    '\u0000',
    '{"heliobus":1',
    'null',
    '[]',
    '{"heliobus":1,"link":"x","sent":-1,"events":[]}',
    '{"heliobus":1,"link":"x","sent":0,"events":[7]}',
    `${'['.repeat(4_000)}${']'.repeat(4_000)}`,
    JSON.stringify(event).replace('{"evil"', `${'{"a":'.repeat(500)}{"evil"`) + '}'.repeat(500),
    `"${'x'.repeat(10_000)}"`,
  ])
  other.publish('hello', 'world')
  await until(() => heard.length === 1, 'the event arrives')
  expect(heard).toEqual(['world'])
  expect(refused.length).toBe(10)
  expect(gaps).toEqual([{ reason: 'a message of 10002 characters was not read', missing: undefined }])
  expect(Reflect.get({}, 'evil')).toBe(undefined)
})

test('a single CloudEvent that somebody else publishes is an event', async () => {
  const bus = await join('foreign')
  const arrived = bus.waitFor('order.placed')
  const event = { specversion: '1.0', id: '1', source: '/till', type: 'order.placed', data: { total: 12 } }
  await say('foreign', [JSON.stringify(event)])
  expect(await arrived).toMatchObject({ id: '1', source: '/till', data: { total: 12 } })
})

test('events of one task that are large together arrive as several messages, in order', async () => {
  const [bus, other] = [await join('large'), await join('large', { messageCharacters: 1_100_000 })]
  const heard: unknown[] = []
  other.subscribe('large', ({ data }) => void heard.push(Reflect.get(Object(data), 'n')))
  for (let n = 0; n < 100; n++) bus.publish('large', { n, filler: 'x'.repeat(50_000) })
  await until(() => heard.length === 100, 'all arrive')
  expect(heard).toEqual(Array.from({ length: 100 }, (_, n) => n))
})

test('what is published while Redis has not answered goes as one message', async () => {
  const [bus, other] = [await join('busy'), await join('busy')]
  const heard: unknown[] = []
  other.subscribe('busy', ({ data }) => void heard.push(data))
  const messages: string[] = []
  const listener = createClient({ url })
  await listener.connect()
  await listener.subscribe(`heliobus:1:${run}:busy`, (text) => messages.push(text))
  for (let n = 0; n < 100; n++) {
    bus.publish('busy', n)
    await Promise.resolve()
  }
  await until(() => heard.length === 100, 'all arrive')
  expect(heard).toEqual(Array.from({ length: 100 }, (_, n) => n))
  expect(messages.length).toBeLessThan(10)
  listener.destroy()
})

test('draining waits until Redis has what was published', async () => {
  const [bus, other] = [await join('drained'), await join('drained')]
  const heard = other.waitFor('last')
  bus.publish('last', 1)
  await bus.drain()
  await bus.close()
  expect((await heard).data).toBe(1)
})

test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('a limit of %d is refused', (answerWithin) => {
  const client = nodeRedis(createClient({ url }))
  expect(() => redisPubSub({ client, namespace: 'x', limits: { answerWithin } })).toThrow(
    'the option limits.answerWithin must be above 0',
  )
})

test.each(['', 'x'.repeat(201)])(
  'a namespace without a name is refused, and one too long (%s)',
  (namespace) => {
    const client = nodeRedis(createClient({ url }))
    expect(() => redisPubSub({ client, namespace })).toThrow(
      'the option namespace must have 1 to 200 characters',
    )
  },
)
