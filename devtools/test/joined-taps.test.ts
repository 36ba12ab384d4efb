import type { AnyBus, PulledData, RemoteTap, Signal, TapWatcher } from '@heliobus/core'
import { createManualClock } from '@heliobus/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Causality } from '../src/model/causality.ts'
import { flowOf } from '../src/model/flow.ts'
import { parseFilter } from '../src/model/filter-parser.ts'
import { compileFilter } from '../src/model/row-test.ts'
import { Recorder } from '../src/model/recorder.ts'
import { Crossings } from '../src/remote/crossings.ts'
import { FarClock } from '../src/remote/far-clock.ts'
import { FarData } from '../src/remote/far-data.ts'
import { JoinedTaps } from '../src/remote/joined-taps.ts'
import { merge } from '../src/remote/merge.ts'
import { SignalQueue } from '../src/remote/signal-queue.ts'
import { event, handled, published } from './signals.ts'

const START = Date.UTC(2000, 0, 1)

function received(id: string, at: number, more: object = {}): Signal {
  return { type: 'received', event: event(id, 'a.b', undefined, { hops: 1, ...more }), at, link: 'ws' }
}

/** A page and a hub whose clock is `ahead` ms before ours. */
function world(ahead = 0): {
  readonly here: (signal: Signal) => void
  readonly hub: TapWatcher
  readonly recorder: Recorder
  readonly clock: ReturnType<typeof createManualClock>
  readonly data: FarData
  readonly pulls: string[]
  readonly order: () => readonly string[]
  readonly isWatched: () => boolean
} {
  const clock = createManualClock(START)
  const listeners = new Set<(signal: Signal) => void>()
  const tap$ = {
    subscribe(listener: (signal: Signal) => void) {
      listeners.add(listener)
      return { unsubscribe: () => void listeners.delete(listener) }
    },
  } as unknown as AnyBus['tap$']
  const pulls: string[] = []
  let watcher: TapWatcher | undefined
  const remote: RemoteTap = {
    name: 'hub',
    watch(given) {
      watcher = given
      return {
        async pull(id): Promise<PulledData> {
          pulls.push(id)
          return id === 'gone' ? { missing: 'it is gone' } : { data: { of: id } }
        },
        stop: () => void (watcher = undefined),
      }
    },
  }
  const recorder = new Recorder()
  const { rows } = recorder
  const taps = new JoinedTaps({ bus: { tap$ }, remotes: [remote], rows, clock })
  const data = new FarData(taps, rows, () => undefined)
  recorder.follow(taps.source)
  watcher!.status('open', '')
  watcher!.clock({ least: -ahead - 5, most: -ahead + 5 })
  return {
    here: (signal) => listeners.forEach((listener) => listener(signal)),
    hub: watcher!,
    recorder,
    clock,
    data,
    pulls,
    isWatched: () => watcher !== undefined,
    order: () =>
      Array.from({ length: rows.length }, (_, index) => rows.oldest + index).map(
        (row) => `${rows.eventAt(row)!.id}@${rows.processes.nameOf(rows.process[rows.slot(row)]!)}`,
      ),
  }
}

describe('one timeline of two processes', () => {
  test('what is near waits for what is far, and all stands in the order of time', () => {
    const { here, hub, clock, order } = world(3_000)
    here(published(event('a'), START))
    here(published(event('c'), START + 20))
    expect(order()).toEqual([])
    clock.advance(50)
    const [theirs, until] = [START + 3_010, START + 3_050]
    hub.told({ signals: [published(event('b'), theirs)], until, leftOut: 0 })
    expect(order()).toEqual(['a@here', 'b@hub', 'c@here'])
  })

  test('nobody waits longer than a second for who is late, and not at all for who is lost', () => {
    const { here, hub, clock, order } = world()
    here(published(event('a'), START))
    hub.told({ signals: [], until: START - 1, leftOut: 0 })
    expect(order()).toEqual([])
    clock.advance(1_000)
    expect(order()).toEqual(['a@here'])
    hub.status('lost', 'the connection was lost (1006)')
    here(published(event('b'), START + 1_000))
    expect(order().filter((name) => !name.startsWith('gap'))).toEqual(['a@here', 'b@here'])
  })

  test('times are ours, whatever the other clock says', () => {
    const { hub, clock, recorder } = world(60_000)
    clock.advance(100)
    hub.told({ signals: [published(event('b'), START + 60_050)], until: START + 60_100, leftOut: 0 })
    expect(recorder.rows.time[0]).toBe(START + 50)
  })

  test('what a handler did is written to the row of its process', () => {
    const { here, hub, clock, recorder } = world()
    here(published(event('a'), START))
    here(handled(event('a'), 'near', 1, START + 1))
    clock.advance(50)
    const signals = [received('a', START + 10), handled(event('a'), 'far', 1, START + 20)]
    hub.told({ signals, until: START + 50, leftOut: 0 })
    here(handled(event('a'), 'nearest', 1, START + 50))
    clock.advance(1_000)
    const { rows } = recorder
    const handlers = [0, 1].map((row) => rows.deliveriesAt(row).map(({ handler }) => handler))
    expect(handlers).toEqual([['near', 'nearest'], ['far']])
  })

  test('the same event at both ends is one flow, with the hop in it', () => {
    const { here, hub, clock, recorder } = world()
    here(published(event('a', 'order.placed'), START))
    clock.advance(100)
    const paid = event('b', 'order.paid', undefined, { correlationId: 'a', causationId: 'a' })
    hub.told({
      signals: [received('a', START + 5), published(paid, START + 8)],
      until: START + 100,
      leftOut: 0,
    })
    here(received('b', START + 100, { correlationId: 'a', causationId: 'a' }))
    clock.advance(1_000)
    const { rows } = recorder
    const { lines } = flowOf(rows, new Causality(rows), 0)
    expect(lines).toEqual([
      { row: 0, level: 1, cause: undefined },
      { row: 1, level: 2, cause: 0 },
      { row: 2, level: 3, cause: 1 },
      { row: 3, level: 4, cause: 2 },
    ])
    const isAtHub = compileFilter(parseFilter('at:hub').filter, rows, 0)
    expect([0, 1, 2, 3].filter(isAtHub)).toEqual([1, 2])
  })

  test('a loss is said with its reason, and that it is over; so is what was left out', () => {
    const { hub, clock, recorder } = world()
    hub.status('lost', 'the connection was lost (1006)')
    clock.advance(3_200)
    hub.status('open', '')
    hub.clock({ least: -1, most: 1 })
    hub.told({ signals: [], until: START + 3_200, leftOut: 12 })
    clock.advance(1_000)
    const { rows, gaps, links } = recorder
    expect([0, 1, 2].map((row) => rows.eventAt(row)?.data)).toEqual([
      'tap of hub: the connection was lost (1006)',
      'tap of hub: back after 3.2 s',
      'tap of hub: events missing, 12 signals were left out: too much at once',
    ])
    expect(gaps.list).toHaveLength(2)
    expect(links.list).toMatchObject([{ link: 'tap of hub', status: 'open', losses: 1 }])
  })

  test('what says that it is yet to come happens now, and holds nothing up', () => {
    const { hub, clock, order, recorder } = world()
    clock.advance(100)
    const future = published(event('b'), START + 3_600_000)
    hub.told({ signals: [future, published(event('c'), START + 90)], until: START + 100, leftOut: 0 })
    clock.advance(1_000)
    expect(order()).toEqual(['b@hub', 'c@hub'])
    expect(recorder.rows.time[0]).toBe(START + 100)
  })

  test('what has no row is told with the name of its process', () => {
    const { hub, clock, recorder } = world()
    const handler = { ...handled(event('x')) } as Extract<Signal, { type: 'handled' }>
    hub.told({
      signals: [
        { type: 'slow', at: START, subscription: handler.subscription, ms: 900, isBlocking: true },
        { type: 'warning', at: START, warning: 'payload-large', topic: 'a.b', detail: 'large' },
        { type: 'log', at: START, log: 'log', status: 'pruned', removed: 3 },
        { type: 'closed', at: START },
      ],
      until: START,
      leftOut: 0,
    })
    clock.advance(1_000)
    const told = recorder.notices.list.slice(1)
    expect(told).toMatchObject([
      { subscription: { name: 'hub › mail' } },
      { topic: 'hub › a.b' },
      { log: 'hub › log' },
      { type: 'link', link: 'bus of hub', status: 'closed' },
    ])
  })

  test('a link of the other process is told under its name', () => {
    const { hub, clock, recorder } = world()
    const lost: Signal = { type: 'link', link: 'redis', status: 'lost', at: START }
    hub.told({ signals: [lost], until: START, leftOut: 0 })
    clock.advance(1_000)
    expect(recorder.links.list.map(({ link }) => link)).toEqual(['tap of hub', 'hub › redis'])
  })

  test('nothing is watched once recording has stopped', () => {
    const { recorder, isWatched } = world()
    expect(isWatched()).toBe(true)
    recorder.stop()
    expect(isWatched()).toBe(false)
  })
})

describe('data that is far away', () => {
  test('comes when it is asked for, once', async () => {
    const { hub, clock, data, recorder, pulls } = world()
    hub.told({ signals: [published(event('b', 'a.b', undefined), START)], until: START, leftOut: 0 })
    clock.advance(1_000)
    expect(data.placeOf(0)).toBe('away')
    data.pull(0)
    data.pull(0)
    expect(data.placeOf(0)).toBe('asked')
    await Promise.resolve()
    expect(data.placeOf(0)).toBe('here')
    expect(recorder.rows.eventAt(0)?.data).toEqual({ of: 'b' })
    data.pull(0)
    expect(pulls).toEqual(['b'])
  })

  test('that is gone says why', async () => {
    const { here, hub, clock, data } = world()
    here(published(event('near'), START))
    hub.told({ signals: [published(event('gone', 'a.b', undefined), START)], until: START, leftOut: 0 })
    clock.advance(1_000)
    expect(data.placeOf(0)).toBe('here')
    data.pull(1)
    await Promise.resolve()
    expect(data.placeOf(1)).toEqual({ missing: 'it is gone' })
  })
})

describe('causes come before effects', () => {
  test('an event that was seen at both ends corrects a clock that was read badly', () => {
    const clock = new FarClock()
    clock.read({ least: -100, most: 100 })
    expect(clock.offset).toBe(0)
    clock.note('here', published(event('a'), 1_000))
    clock.note('there', received('a', 960))
    expect(clock.offset).toBe(70) // at least 40: it did not arrive before it was sent
    clock.note('there', published(event('b'), 2_000))
    clock.note('here', received('b', 2_060))
    expect(clock.offset).toBe(50)
  })

  test('what is only carried on says nothing of who had it first', () => {
    const crossings = new Crossings()
    crossings.note('there', { ...published(event('a', 'a', 1, { hops: 1 }), 500) })
    crossings.note('here', received('a', 900, { hops: 2 }))
    crossings.note('here', published(event('a', 'a', 1, { hops: 2 }), 900))
    crossings.note('there', received('a', 499, { hops: 1 }))
    expect(crossings.offset).toEqual({ least: Number.NEGATIVE_INFINITY, most: 400 })
  })

  /** Events that hop between two processes, the clock of one of them wrong; fails when one arrives too early. */
  function checkOrder(createQueue: (process: number) => SignalQueue): void {
    const hop = fc.record({ wait: fc.nat(20), delay: fc.nat(30), fromHub: fc.boolean() })
    const wrong = fc.integer({ min: -40, max: 40 })
    fc.assert(
      fc.property(fc.array(hop, { minLength: 1, maxLength: 30 }), wrong, (hops, error) => {
        const [near, far] = [createQueue(0), createQueue(1)]
        const told: { readonly queue: SignalQueue; readonly signal: Signal; readonly at: number }[] = []
        let now = 100
        hops.forEach(({ wait, delay, fromHub }, index) => {
          now += wait
          const [from, to] = fromHub ? [far, near] : [near, far]
          told.push({ queue: from, signal: published(event(`e${index}`), now), at: now })
          told.push({ queue: to, signal: received(`e${index}`, now + delay), at: now + delay })
        })
        for (const { queue, signal } of told.toSorted((a, b) => a.at - b.at))
          queue.add({ ...signal, at: signal.at + (queue === far ? error : 0) })
        const seen = new Set<string>()
        merge([near, far], Number.POSITIVE_INFINITY, (signal) => {
          if (!('event' in signal)) return
          if (signal.type === 'received') expect(seen).toContain(signal.event.id)
          seen.add(signal.event.id)
        })
        expect(seen.size).toBe(hops.length)
      }),
    )
  }

  test('whatever clocks and delays are, nothing arrives before it was published', () => {
    checkOrder((process) => new SignalQueue(process))
  })

  test('and queues that go by the clock alone fail this test', () => {
    class ByTheClock extends SignalQueue {
      override holdsCauseOf(): boolean {
        return false
      }
    }
    expect(() => checkOrder((process) => new ByTheClock(process))).toThrow('Property failed')
  })

  test('ids that lead in circles are survived', () => {
    const [near, far] = [new SignalQueue(0), new SignalQueue(1)]
    for (const [queue, a, b] of [
      [near, 'x', 'y'],
      [far, 'y', 'x'],
    ] as const) {
      queue.add(received(a, 1))
      queue.add(published(event(b), 2))
    }
    let count = 0
    merge([near, far], Number.POSITIVE_INFINITY, () => count++)
    expect(count).toBe(4)
  })
})
