import { bridge, type BusEvent, createBus } from '@heliobus/core'
import { CloudEvent, HTTP } from 'cloudevents'
import { afterEach, expect, test } from 'vitest'
import { meet, type Talk } from './talk.ts'
import { createWorld, type World } from './world.ts'

const endings: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end()
})

/** A hub with a bus, and a stranger who speaks the protocol. */
async function scene(): Promise<{
  readonly world: World
  readonly talk: Talk
  readonly bus: ReturnType<typeof createBus>
}> {
  const world = await createWorld()
  endings.push(() => world.close())
  const bus = createBus({ source: 'shop' })
  endings.push(() => bus.close())
  await bridge(bus, world.hub, { send: ['**'] })
  const talk = await meet(world.url)
  await talk.settled()
  return { world, talk, bus }
}

async function nextEvents(talk: Talk): Promise<readonly Record<string, unknown>[]> {
  const { events } = await talk.next('events')
  return events as Record<string, unknown>[]
}

test.each([
  [
    'with all that an event may have',
    { userId: 'ada', subject: 'o7', traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' },
  ],
  ['with the least', {}],
])(
  'the official SDK takes what is on the wire, %s, as strictly as it can, and changes nothing',
  async (_, options) => {
    const { talk, bus } = await scene()
    const published = bus.publish('order.paid', { total: 12, lines: [{ name: 'γ' }] }, options)
    const [wire] = await nextEvents(talk)
    const parsed = new CloudEvent(wire!, true)
    expect(parsed.validate()).toBe(true)
    expect(JSON.parse(JSON.stringify(parsed))).toEqual(wire)
    expect(parsed).toMatchObject({
      id: published.id,
      type: 'order.paid',
      source: 'shop',
      data: published.data,
    })
    const overHttp = HTTP.toEvent(HTTP.structured(parsed))
    expect(JSON.parse(JSON.stringify(overHttp))).toEqual(wire)
  },
)

test('an event of the official SDK arrives as it was made', async () => {
  const { talk, bus } = await scene()
  const arrived: BusEvent[] = []
  bus.subscribe('**', (event) => void arrived.push(event))
  const made = new CloudEvent({
    type: 'com.example.order.placed',
    source: '/till/1',
    subject: 'o7',
    time: '2020-02-29T12:34:56.789Z',
    data: { total: 12 },
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    someextension: 'unknown',
  })
  const bare = new CloudEvent({ type: 'order.placed', source: 'till' })
  talk.say({ type: 'events', sequence: 1, events: [made, bare] })
  expect((await talk.next('ack'))['refused']).toBeUndefined()
  expect(arrived).toMatchObject([
    {
      id: made.id,
      type: 'com.example.order.placed',
      source: '/till/1',
      subject: 'o7',
      key: 'o7',
      time: Date.UTC(2020, 1, 29, 12, 34, 56, 789),
      data: { total: 12 },
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    },
    { id: bare.id, type: 'order.placed', source: 'till', time: Date.parse(bare.time!), data: undefined },
  ])
})

test('what the official SDK does not take, the hub refuses too', async () => {
  const { talk } = await scene()
  const whole = { specversion: '1.0', id: '1', source: 'till', type: 'order.placed' }
  const broken = ['id', 'source', 'type'].map((name) => ({ ...whole, [name]: '' }))
  for (const event of broken.slice(1)) expect(() => new CloudEvent(event, true)).toThrow('payload') // it makes up an id
  talk.say({ type: 'events', sequence: 1, events: [...broken, whole] })
  const { refused } = await talk.next('ack')
  expect((refused as [number, string][]).map(([sequence]) => sequence)).toEqual([1, 2, 3])
})
