import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBus, isBusError, matches, type Signal } from '../src/index.ts'
import { type BusEvent, seal } from '../src/event.ts'
import { History } from '../src/history.ts'

const everything = (): boolean => true

function eventNumber(number: number, type = 'a'): BusEvent {
  return seal(`event ${number}`, type, 'test', number, number, 1)
}

/** A history that has taken events 1 to `count`, and how often it said that it was full. */
function setUp(capacity: number, count: number, typeOf: (number: number) => string = () => 'a') {
  const told: number[] = []
  let pushed = 0
  const history = new History<string>(capacity, () => told.push(pushed))
  for (pushed = 1; pushed <= count; pushed++) {
    history.push(eventNumber(pushed, typeOf(pushed)), `fate ${pushed}`)
  }
  const select = (pattern = '**', limit = Number.POSITIVE_INFINITY): unknown[] =>
    history.select(pattern, limit, everything).map(({ data }) => data)
  return { history, told, select }
}

describe('a history', () => {
  it.each([
    [3, 0, []],
    [3, 2, [2, 1]],
    [3, 3, [3, 2, 1]],
    [3, 4, [4, 3, 2]],
    [3, 10, [10, 9, 8]],
    [1, 1, [1]],
    [1, 5, [5]],
    [0, 0, []],
    [0, 5, []],
  ])('of %i, after %i events, holds the newest, newest first: %j', (capacity, count, held) => {
    const { history, select } = setUp(capacity, count)
    expect(select()).toEqual(held)
    expect(history.dropped).toBe(Math.max(0, count - capacity))
    expect(history.capacity).toBe(capacity)
  })

  it('says once that it is full', () => {
    expect(setUp(3, 2).told).toEqual([])
    expect(setUp(3, 3).told).toEqual([3])
    expect(setUp(3, 20).told).toEqual([3])
    expect(setUp(1, 5).told).toEqual([1])
    expect(setUp(0, 5).told).toEqual([1])
  })

  it('is the plainest list there could be, cut at its capacity, with an exact count of what was cut', () => {
    const types = ['a', 'a:b', 'b', '$a']
    fc.assert(
      fc.property(
        fc.nat(12),
        fc.array(fc.constantFrom(...types), { maxLength: 40 }),
        fc.constantFrom('**', '*', 'a.**', 'a', '*.b', '$a', 'c'),
        fc.nat(15),
        (capacity, list, pattern, limit) => {
          const { history, select } = setUp(capacity, list.length, (number) => list[number - 1]!)
          const held = list
            .map((type, index) => ({ type, number: index + 1 }))
            .toReversed()
            .slice(0, capacity)
          const expected = held.filter(({ type }) => matches(pattern, type)).slice(0, limit)
          expect(select(pattern, limit)).toEqual(expected.map(({ number }) => number))
          expect(history.dropped).toBe(list.length - held.length)
        },
      ),
    )
  })

  it('gives as many as are asked for', () => {
    const { select } = setUp(10, 10)
    expect(select('**', 3)).toEqual([10, 9, 8])
    expect(select('**', 1)).toEqual([10])
    expect(select('**', 0)).toEqual([])
    expect(select('**', 100)).toHaveLength(10)
  })

  it('counts the limit in events that fit', () => {
    const { select } = setUp(10, 10, (number) => (number % 2 === 0 ? 'even' : 'odd'))
    expect(select('odd', 2)).toEqual([9, 7])
  })

  it('passes over the types that its asker does not know', () => {
    const { history } = setUp(10, 6, (number) => (number % 2 === 0 ? 'even' : 'odd'))
    const found = history.select('**', 2, (type) => type === 'even')
    expect(found.map(({ data }) => data)).toEqual([6, 4])
  })

  it('refuses a malformed pattern, also while empty', () => {
    for (const count of [0, 2]) {
      const { select } = setUp(3, count)
      expect(() => select('a..b')).toThrow(expect.objectContaining({ code: 'pattern-invalid' }))
    }
  })
})

describe('what is remembered beside an event', () => {
  it('is found by the id of the event, as long as the event is held', () => {
    const { history } = setUp(3, 5)
    expect(history.find('event 5')).toBe('fate 5')
    expect(history.find('event 3')).toBe('fate 3')
    expect(history.find('event 2')).toBeUndefined()
    expect(history.find('event 6')).toBeUndefined()
  })

  it('may change, until the event has left', () => {
    const { history } = setUp(2, 0)
    const [first, second, third] = [eventNumber(1), eventNumber(2), eventNumber(3)]
    const place = history.push(first, 'running')
    history.push(second, 'running')
    history.remember(place, first, 'handled')
    expect(history.find('event 1')).toBe('handled')
    history.push(third, 'of another')
    history.remember(place, first, 'too late')
    expect(history.find('event 3')).toBe('of another')
    expect(history.find('event 2')).toBe('running')
  })

  it('is not found in a history of none', () => {
    const { history } = setUp(0, 1)
    expect(history.find('event 1')).toBeUndefined()
  })
})

describe('the history of a bus', () => {
  it('is bounded: what it dropped is counted, and signalled once', () => {
    const bus = createBus({ history: { capacity: 2 } })
    const signals: Signal[] = []
    bus.tap$.subscribe((signal) => void (signal.type === 'overflow' && signals.push(signal)))
    for (let number = 1; number <= 7; number++) bus.publish('a', number)
    expect(bus.history().map(({ data }) => data)).toEqual([7, 6])
    expect(bus.stats().dropped.history).toBe(5)
    expect(signals).toMatchObject([{ type: 'overflow', memory: 'history', capacity: 2 }])
  })

  it('holds the newest 1,000 events unless told otherwise', () => {
    const bus = createBus()
    for (let number = 1; number <= 1_001; number++) bus.publish('a', number)
    expect(bus.history()).toHaveLength(1_000)
    expect(bus.history('**', { limit: 1 })[0]?.data).toBe(1_001)
    expect(bus.stats().dropped.history).toBe(1)
  })

  it('may be switched off', () => {
    const bus = createBus({ history: { capacity: 0 } })
    bus.publish('a', 1)
    expect(bus.history()).toEqual([])
  })

  it.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, Number.MAX_SAFE_INTEGER])(
    'cannot have a capacity of %d',
    (capacity) => {
      let error: unknown
      try {
        createBus({ history: { capacity } })
      } catch (thrown) {
        error = thrown
      }
      expect(isBusError(error, 'option-invalid')).toBe(true)
      expect(error).toMatchObject({ details: { option: 'history.capacity' } })
    },
  )
})
