import { createBus, defineCatalog, type Signal } from '@heliobus/core'
import { createManualClock, until } from '@heliobus/testing'
import { afterEach, describe, expect, test } from 'vitest'
import type { ExposeOptions } from '../src/tap/index.ts'
import { exposeTap } from '../src/tap/index.ts'
import { ClockSamples } from '../src/remote-tap/clock-samples.ts'
import type { TapSignals } from '../src/tap-wire/frames.ts'
import { WaitingSignals } from '../src/tap/waiting-signals.ts'
import { Talk } from './talk.ts'
import { batches, CardCharged, createTapWorld, type TapWorld, watch, watchOpen } from './tap-world.ts'

const closing: (() => unknown)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

async function world(options: Partial<ExposeOptions> = {}): Promise<TapWorld> {
  const one = await createTapWorld(options)
  closing.push(() => one.close())
  return one
}

async function watched(one: TapWorld): Promise<Awaited<ReturnType<typeof watchOpen>>> {
  const watcher = await watchOpen(one)
  closing.push(() => watcher.watching.stop())
  return watcher
}

describe('watching a bus in another process', () => {
  test('what happens there is told, in batches of 100 ms, without payloads', async () => {
    const one = await world()
    one.bus.subscribe('order.*', () => undefined, { name: 'mail' })
    const { notes } = await watched(one)
    one.bus.publish('order.created', { total: 12 }, { subject: 'o-1' })
    one.clock.advance(99)
    expect(notes.batches).toHaveLength(0)
    await batches(one, notes)
    expect(notes.types).toEqual(['published', 'handled'])
    expect(notes.batches[0]!.signals[0]).toMatchObject({
      event: { type: 'order.created', subject: 'o-1', source: 'server', data: undefined },
    })
    expect(notes.batches[0]!.leftOut).toBe(0)
  })

  test('the payload comes when it is asked for, its secrets masked', async () => {
    const one = await world()
    const { notes, watching } = await watched(one)
    const order = one.bus.publish('order.created', { total: 12, api_key: 'k-1', deep: [{ password: 'x' }] })
    await batches(one, notes)
    expect(await watching.pull(order.id)).toEqual({
      data: { total: 12, api_key: '(masked)', deep: [{ password: '(masked)' }] },
    })
  })

  test('what definitions declare as sensitive is masked', async () => {
    const one = await world()
    const bus = createBus({ catalog: defineCatalog(CardCharged) })
    const tap = exposeTap(bus, { origins: [], allowNoOrigin: true, authorize: () => true })
    closing.push(tap.attach(one.server, '/cards'), () => tap.close())
    const { watching } = await watchOpen({ url: one.url.replace('/tap', '/cards') })
    const card = bus.publish(CardCharged({ number: '4111', total: 3 }))
    expect(await watching.pull(card.id)).toEqual({ data: { number: '(masked)', total: 3 } })
  })

  test('a payload that is gone, too large, or no JSON is said to be', async () => {
    const one = await world({ limits: { events: 3, payloadBytes: 1_000 } })
    const { watching } = await watched(one)
    const none = one.bus.publish('a.none', undefined)
    expect(await watching.pull(none.id)).toEqual({ data: undefined })
    const [old, large, odd] = [
      one.bus.publish('a.old', 1),
      one.bus.publish('a.large', 'x'.repeat(2_000)),
      one.bus.publish('a.odd', { tags: new Map() }),
      one.bus.publish('a.new', 1),
    ]
    expect(await watching.pull(old.id)).toEqual({ missing: expect.stringContaining('newest 3 events') })
    expect(await watching.pull(large.id)).toEqual({ missing: expect.stringContaining('exceeds the limit') })
    expect(await watching.pull(odd.id)).toEqual({ missing: expect.stringContaining('data.tags') })
    expect(await watching.pull('unheard-of')).toMatchObject({ missing: expect.any(String) })
  })

  test('nothing is tapped before somebody watches, and after the last has gone', async () => {
    let taps = 0
    const bus = createBus()
    const tap$ = {
      subscribe(take: { next: (signal: Signal) => void }) {
        taps++
        const subscription = bus.tap$.subscribe(take)
        subscription.add(() => taps--)
        return subscription
      },
    } as unknown as typeof bus.tap$
    const one = await world()
    const tap = exposeTap(
      { tap$, inlet: bus.inlet },
      { origins: [], allowNoOrigin: true, authorize: () => true },
    )
    tap.attach(one.server, '/other')
    closing.push(() => tap.close())
    const other = { url: one.url.replace('/tap', '/other') }
    expect(taps).toBe(0)
    const [first, second] = [await watchOpen(other), await watchOpen(other)]
    expect([taps, tap.viewers]).toEqual([1, 2])
    first.watching.stop()
    second.watching.stop()
    await until(() => tap.viewers === 0, 'both have gone')
    expect(taps).toBe(0)
  })
})

describe('who may watch', () => {
  test('a wrong token is told so, and does not come again', async () => {
    const one = await world()
    const { notes } = watch(one.url, { token: 'wrong' })
    await until(() => notes.statuses.at(-1) === 'closed', 'it is sent away')
    expect(notes.statuses).toEqual(['connecting', 'closed'])
    expect(notes.detail).toContain('not authorized')
    expect(one.tap.viewers).toBe(0)
  })

  test('only true lets in, and an authorize that fails is a failure of this side', async () => {
    const answers: number[] = []
    for (const authorize of [() => 'yes', () => undefined, () => Promise.reject(new Error('away'))]) {
      const one = await world({ authorize: authorize as unknown as ExposeOptions['authorize'] })
      const talk = await new Talk(one.url).opened()
      talk.say({ type: 'hello', version: 1 })
      answers.push((await talk.goodbye).code)
    }
    expect(answers).toEqual([4401, 4401, 4500])
  })

  test('a page of another origin is sent away before it says anything', async () => {
    const one = await world({ origins: ['https://ops.example'], allowNoOrigin: false })
    const talk = await new Talk(one.url, { origin: 'https://evil.example' }).opened()
    expect((await talk.goodbye).code).toBe(4403)
  })

  test('who says nothing, who asks before the hello, and who speaks nonsense', async () => {
    const one = await world()
    const silent = await new Talk(one.url).opened()
    const early = await new Talk(one.url).opened()
    early.say({ type: 'pull', request: 1, event: 'e' })
    expect((await early.goodbye).code).toBe(4400)
    const odd = await new Talk(one.url).opened()
    odd.say('{"type":"hello","version":2}')
    expect((await odd.goodbye).code).toBe(4406)
    one.clock.advance(5_000)
    expect((await silent.goodbye).code).toBe(4508)
  })

  test('there is room for so many, and for another when one has gone', async () => {
    const one = await world({ limits: { viewers: 1 } })
    const first = await watched(one)
    const talk = await new Talk(one.url).opened()
    talk.say({ type: 'hello', version: 1, token: 'right' })
    expect((await talk.goodbye).code).toBe(4529)
    first.watching.stop()
    await until(() => one.tap.viewers === 0, 'it has gone')
    await watched(one)
  })

  test('a right that ends ends the watching', async () => {
    let may = true
    const one = await world({ authorize: () => may })
    const { notes } = await watched(one)
    may = false
    one.clock.advance(5 * 60_000)
    await until(() => notes.statuses.includes('lost'), 'it is sent away')
    await until(() => notes.statuses.at(-1) === 'closed', 'it tries once more, in vain')
  })
})

describe('what there is no room for', () => {
  test('a burst is spread over batches of at most 100 KiB, and its rest is counted', async () => {
    const one = await world({ limits: { waitingBytes: 300 * 1024 } })
    const sizes: number[] = []
    const talk = await new Talk(one.url).opened()
    talk.socket.on('message', (data: Buffer) => sizes.push(data.length))
    talk.say({ type: 'hello', version: 1, token: 'right' })
    await talk.next('welcome')
    let told = 0
    one.bus.tap$.subscribe(() => told++)
    for (let n = 0; n < 3_000; n++) one.bus.publish('a.b', n)
    for (let n = 0; n < 5; n++) one.clock.advance(100)
    await until(() => sizes.length >= 6, 'the batches come')
    expect(Math.max(...sizes)).toBeLessThanOrEqual(100 * 1024)
    expect(countOf(talk)).toBe(told)
    const [first, ...rest] = framesOf(talk)
    expect(first!.leftOut).toBeGreaterThan(1_000)
    expect(rest.every(({ leftOut }) => leftOut === 0)).toBe(true)
    talk.close()
  })

  test('one signal that is larger than a batch is left out alone', () => {
    const waiting = new WaitingSignals({ batchBytes: 1_000, waitingBytes: 10_000 })
    waiting.add(JSON.stringify('x'.repeat(2_000)), 1)
    waiting.add('"small"', 2)
    const { frame, told } = waiting.take(3)
    expect(JSON.parse(frame.toString())).toEqual({
      type: 'signals',
      until: 3,
      leftOut: 1,
      signals: ['small'],
    })
    expect(told).toBe(2)
  })

  /** Somebody does not read for a while; answers with how many signals were kept from them. */
  async function watchSlowly(pauseAbove: number): Promise<number> {
    const one = await world({ limits: { pauseAbove, pingEvery: 1e9 } })
    const { notes } = await watched(one)
    const slow = await new Talk(one.url).opened()
    slow.say({ type: 'hello', version: 1, token: 'right' })
    await slow.next('welcome')
    slow.socket.pause()
    let [published, told] = [0, 0]
    one.bus.tap$.subscribe(() => told++)
    for (let batch = 0; batch < 400; batch++) {
      for (let n = 0; n < 50; n++) one.bus.publish('a.b', published++)
      await batches(one, notes)
    }
    expect(notes.types.filter((type) => type === 'published')).toHaveLength(published)
    slow.socket.resume()
    await until(() => (one.clock.advance(100), countOf(slow) >= told), 'all is told, or counted')
    expect(countOf(slow)).toBe(told)
    slow.close()
    return framesOf(slow).reduce((sum, { leftOut }) => sum + leftOut, 0)
  }

  test('a viewer that does not read misses batches, is told how many signals, and costs the others nothing', async () => {
    expect(await watchSlowly(200 * 1024)).toBeGreaterThan(1_000)
  }, 30_000)

  test('and a process that keeps everything for it fails this test', async () => {
    expect(await watchSlowly(Number.POSITIVE_INFINITY)).toBe(0)
  }, 30_000)
})

/** Signals that were told, and those that were left out. */
function countOf(talk: Talk): number {
  return framesOf(talk).reduce((all, { signals, leftOut }) => all + signals.length + leftOut, 0)
}

function framesOf({ frames }: Talk): readonly TapSignals[] {
  return frames.filter(({ type }) => type === 'signals') as unknown as TapSignals[]
}

describe('a connection that is lost', () => {
  test('is opened again, and what was asked for meanwhile is said to be missing', async () => {
    const one = await world()
    const clock = createManualClock()
    const { notes, watching } = await watchOpen(one, { clock })
    closing.push(() => watching.stop())
    const event = one.bus.publish('a.b', 1)
    one.cut()
    await until(() => notes.statuses.at(-1) === 'lost', 'it is noticed')
    expect(await watching.pull(event.id)).toEqual({ missing: expect.stringContaining('not connected') })
    await until(() => (clock.advance(1_000), notes.statuses.at(-1) === 'open'), 'it is back')
    expect(notes.statuses).toEqual(['connecting', 'open', 'lost', 'open'])
  })

  test('a bus that closes tells how it ended', async () => {
    const one = await world()
    const { notes } = await watched(one)
    await one.bus.close()
    await until(() => notes.statuses.at(-1) === 'lost', 'it is gone')
    expect(notes.types).toContain('closed')
  })
})

describe('the other clock', () => {
  test('is read between the question and the answer, and each answer narrows it down', () => {
    const samples = new ClockSamples()
    expect(samples.add({ asked: 1_000, at: 500, answered: 1_100 })).toEqual({ least: 499, most: 601 })
    expect(samples.add({ asked: 2_000, at: 1_480, answered: 2_030 })).toEqual({ least: 519, most: 551 })
    expect(samples.add({ asked: 3_000, at: 2_400, answered: 3_300 })).toEqual({ least: 599, most: 901 })
  })

  test('is asked after at once', async () => {
    const one = await world()
    const clock = createManualClock(Date.UTC(2000, 0, 1) + 7_000)
    const { notes, watching } = await watchOpen(one, { clock })
    closing.push(() => watching.stop())
    await until(() => notes.offsets.length === 5, 'five answers')
    expect(notes.offsets.at(-1)).toEqual({ least: 6_999, most: 7_001 })
  })
})
