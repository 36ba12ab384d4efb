import { describe, expect, test } from 'vitest'
import { createTestBus, type Fixture, recordFixture, replayFixture } from '../src/index.ts'
import { shop } from './shop.ts'

/** A bus whose handler queues a mail for each order, and what was recorded there in a minute. */
async function record(): Promise<Fixture> {
  const { bus, advance } = createTestBus({ catalog: shop })
  bus.subscribe('order.paid', ({ data }) => void bus.publish('mail.queued', { to: data.id }))
  bus.publish('order.paid', { id: 'before', total: 1 })
  await advance(500)
  const recording = recordFixture(bus)
  bus.publish('order.paid', { id: 'o1', total: 1 }, { userId: 'ada' })
  await advance(60_000)
  bus.publish('order.paid', { id: 'o2', total: 2 }, { subject: 'o2' })
  const fixture = recording.stop()
  bus.publish('order.paid', { id: 'after', total: 3 })
  expect(recording.fixture()).toEqual(fixture)
  return fixture
}

describe('a recorded flow', () => {
  test('is plain JSON: events in order, when they came, and what caused them', async () => {
    const fixture = await record()
    expect(fixture).toEqual({
      version: 1,
      events: [
        { at: 0, type: 'order.paid', data: { id: 'o1', total: 1 }, userId: 'ada' },
        { at: 0, type: 'mail.queued', data: { to: 'o1' }, causedBy: 0 },
        { at: 60_000, type: 'order.paid', data: { id: 'o2', total: 2 }, subject: 'o2' },
        { at: 60_000, type: 'mail.queued', data: { to: 'o2' }, causedBy: 2 },
      ],
    })
    expect(JSON.parse(JSON.stringify(fixture))).toEqual(fixture)
  })

  test('is published again, in order and with its causes, under ids of its own', async () => {
    const { bus, published, clock } = createTestBus({ catalog: shop })
    const events = await replayFixture(bus, await record())
    expect(published()).toEqual(events)
    const [first, mail, second] = events
    expect(events.map(({ type }) => type)).toEqual(['order.paid', 'mail.queued', 'order.paid', 'mail.queued'])
    expect(mail).toMatchObject({ causationId: first!.id, correlationId: first!.id })
    expect(first).toMatchObject({ userId: 'ada', causationId: undefined })
    expect(second).toMatchObject({ subject: 'o2', time: clock.now() })
  })

  test('keeps its pace by the clock of the bus', async () => {
    const { bus, published, advance } = createTestBus({ catalog: shop })
    const replayed = replayFixture(bus, await record(), { paced: true })
    expect(published()).toHaveLength(2)
    await advance(59_999)
    expect(published()).toHaveLength(2)
    await advance(1)
    expect(published()).toHaveLength(4)
    await replayed
  })

  test('leaves out what the handlers of the bus cause anew', async () => {
    const { bus, published } = createTestBus({ catalog: shop })
    bus.subscribe('order.paid', ({ data }) => void bus.publish('mail.queued', { to: `new ${data.id}` }))
    await replayFixture(bus, await record(), { effects: false })
    expect(published('mail.queued').map(({ data }) => data.to)).toEqual(['new o1', 'new o2'])
  })

  test('that is none, and events that do not fit the bus, are refused', async () => {
    const { bus } = createTestBus({ catalog: shop })
    await expect(replayFixture(bus, {} as Fixture)).rejects.toThrow('not a fixture')
    const stray: Fixture = { version: 1, events: [{ at: 0, type: 'parcel.lost', data: {} }] }
    await expect(replayFixture(bus, stray)).rejects.toMatchObject({ code: 'topic-unknown' })
  })

  test('data that is no JSON is said when the fixture is asked for', () => {
    const { bus } = createTestBus()
    const recording = recordFixture(bus)
    bus.publish('a', 1n)
    expect(() => recording.stop()).toThrow(TypeError)
  })
})
