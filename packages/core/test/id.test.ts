import { describe, expect, it } from 'vitest'
import { createBus } from '../src/index.ts'
import { createIds } from '../src/id.ts'

const uuidV7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const now = 1_763_700_000_123

/** Made-up random UUIDs: v4 in form, all bits of them known. */
function fixedRandom(...uuids: readonly string[]): () => string {
  let drawn = 0
  return () => uuids[drawn++ % uuids.length]!
}

function timeOf(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
}

function series(count: number, make: (index: number) => string): string[] {
  return Array.from({ length: count }, (_, index) => make(index))
}

function expectToRise(ids: readonly string[]): void {
  const falls = ids.findIndex((id, index) => index > 0 && id <= ids[index - 1]!)
  expect(falls, `${ids[falls - 1]} is followed by ${ids[falls]}`).toBe(-1)
}

describe('an id', () => {
  it('is a UUID of version 7: its first 48 bits are the time, version and variant are marked', () => {
    const newId = createIds()
    for (const time of [0, 1, now, 2 ** 48 - 1]) {
      const id = newId(time)
      expect(id).toHaveLength(36)
      expect(id).toMatch(uuidV7)
      expect(timeOf(id)).toBe(time)
    }
  })

  it('holds 42 random bits and a counter of 32', () => {
    const newId = createIds(fixedRandom('12345fff-ffff-4abc-9def-0123ffffffff'))
    expect(newId(0)).toBe('00000000-0000-7abc-9def-012301234500')
    expect(newId(0)).toBe('00000000-0000-7abc-9def-012301234501')
  })

  it('is drawn anew for each millisecond', () => {
    const newId = createIds(
      fixedRandom('00000000-0000-4aaa-8aaa-aaaa00000000', '11111000-0000-4bbb-abbb-bbbb00000000'),
    )
    expect(newId(now).slice(14)).toBe('7aaa-8aaa-aaaa00000000')
    expect(newId(now).slice(14)).toBe('7aaa-8aaa-aaaa00000001')
    expect(newId(now + 1).slice(14)).toBe('7bbb-abbb-bbbb01111100')
  })

  it('is random unless told otherwise: two makers never make the same', () => {
    const [one, other] = [createIds(), createIds()]
    const ids = [...series(1_000, () => one(now)), ...series(1_000, () => other(now))]
    expect(new Set(ids).size).toBe(2_000)
    expect(one(now).slice(14, 28)).not.toBe(other(now).slice(14, 28))
  })
})

describe('ids of one maker rise strictly', () => {
  it.each([
    ['as time goes on', (index: number) => now + index],
    ['in steps of several milliseconds', (index: number) => now + index * 17],
    ['with three in each millisecond', (index: number) => now + Math.floor(index / 3)],
    ['with 300 in each millisecond', (index: number) => now + Math.floor(index / 300)],
    ['by a clock that shows fractions', (index: number) => now + index * 0.1],
    ['by a clock that steps back once', (index: number) => (index < 400 ? now + index : now - 5_000 + index)],
    ['by a clock that jumps to and fro', (index: number) => now + (index % 7) * 100 - (index % 3) * 500],
    ['by a clock that begins at 0', (index: number) => Math.floor(index / 10)],
  ])('%s', (_, timeAt) => {
    const newId = createIds()
    const ids = series(1_000, (index) => newId(timeAt(index)))
    expectToRise(ids)
    for (const id of ids) expect(id).toMatch(uuidV7)
  })

  it('with more than 65,536 in one millisecond, which all carry that time', () => {
    const newId = createIds()
    const ids = series(70_000, () => newId(now))
    expectToRise(ids)
    expect(new Set(ids).size).toBe(70_000)
    expect(timeOf(ids.at(-1)!)).toBe(now)
  })

  it('while the clock stands back: they go on from the latest time', () => {
    const newId = createIds()
    const ids = [newId(now), newId(now - 1_000), newId(now - 2_000)]
    expectToRise(ids)
    expect(ids.map(timeOf)).toEqual([now, now, now])
    const later = newId(now + 1)
    expect(timeOf(later)).toBe(now + 1)
    expectToRise([...ids, later])
  })

  it('when the counter comes round: the next millisecond is lent, and paid back when it comes', () => {
    const newId = createIds(nearTheEnd)
    const ids = series(600, () => newId(now))
    expect(ids[255]!.slice(28), 'the last of the counter').toBe('ffffffff')
    expectToRise(ids)
    for (const id of ids) expect(id).toMatch(uuidV7)
    expect(ids.map(timeOf)).toEqual(series(600, String).map((_, index) => (index < 256 ? now : now + 1)))

    const borrowed = series(300, () => newId(now + 1))
    expectToRise([...ids, ...borrowed])
    expect(borrowed.map(timeOf)).toEqual(borrowed.map(() => now + 1))
    expect(timeOf(newId(now + 2))).toBe(now + 2)
  })
})

/**
 * Random digits by which the counter begins at the last of its 2^24 steps of 256 ids. No real ones do: only five of the
 * six are random, so that 15 million steps are always left. A stand-in for the string, to spare a test those.
 */
function nearTheEnd(): string {
  const digits = '00000000-0000-4000-8000-000000000000'
  const slice = (from: number, to: number): string => (from === 0 ? 'ffffff' : digits.slice(from, to))
  return { slice } as unknown as string
}

describe('the id of an event', () => {
  it('survives a spread, JSON and a structured clone', () => {
    const bus = createBus()
    const event = bus.publish('user.created', { name: 'Ada' })
    const { id } = bus.publish('user.created', { name: 'Bob' })
    expect(event.id).toMatch(uuidV7)
    expect({ ...event }.id).toBe(event.id)
    expect((JSON.parse(JSON.stringify(event)) as { id: string }).id).toBe(event.id)
    expect(structuredClone(event).id).toBe(event.id)
    expect(Object.keys(event)).toContain('id')
    expectToRise([event.id, id])
  })

  it('carries the time of the event, and is its correlation id when nothing led to it', () => {
    const event = createBus().publish('user.created', 1)
    expect(timeOf(event.id)).toBe(Math.floor(event.time))
    expect(event.correlationId).toBe(event.id)
  })

  it('may come from elsewhere', () => {
    let made = 0
    const bus = createBus({ newId: () => `event ${++made}` })
    expect([bus.publish('a', 1).id, bus.publish('a', 1).id]).toEqual(['event 1', 'event 2'])
  })
})
