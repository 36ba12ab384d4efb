import { describe, expect, test } from 'vitest'
import { SeenIds } from '../src/seen-ids.ts'

const always = (): boolean => true

function createSeen(capacity: number, kept = 1_000) {
  let now = 0
  const overflows: number[] = []
  const seen = new SeenIds<string, number>({
    clock: { elapsed: () => now },
    overflowed: (limit) => overflows.push(limit),
    capacity,
    kept,
  })
  const pass = async (id: string): Promise<number> => seen.pass(id, 'here', async () => 1, always)
  return { seen, pass, overflows, wait: (ms: number) => (now += ms) }
}

test('an id counts as seen when it has settled, not before; a repeat meanwhile shares the outcome', async () => {
  const { seen } = createSeen(10)
  let finish: (outcome: number) => void = () => undefined
  const first = seen.pass('a', 'link', () => new Promise((resolve) => (finish = resolve)), always)
  expect(seen.has('a')).toBe(false)
  const repeat = seen.passing('a')
  finish(7)
  expect(await Promise.all([first, repeat])).toEqual([7, 7])
  expect(seen.has('a')).toBe(true)
  expect(seen.passing('a')).toBeUndefined()
})

test('what settles at once is answered at once, and seen; a repeat on the way shares the outcome', async () => {
  const { seen } = createSeen(10)
  let repeat: Promise<number> | undefined
  const outcome = seen.pass(
    'a',
    'link',
    () => {
      repeat = seen.passing('a')
      return 7
    },
    always,
  )
  expect([outcome, seen.has('a'), seen.passing('a')]).toEqual([7, true, undefined])
  expect(await repeat).toBe(7)
})

test('where an event came from is known as soon as it starts, and as long as it is remembered', async () => {
  const { seen, wait } = createSeen(10)
  let atStart: string | undefined
  const run = async (): Promise<number> => {
    atStart = seen.from('a')
    return 1
  }
  await seen.pass('a', 'link', run, always)
  expect(atStart).toBe('link')
  expect(seen.from('a')).toBe('link')
  wait(2_001)
  seen.has('a')
  expect(seen.from('a')).toBeUndefined()
})

test('an id whose outcome does not settle it may come again', async () => {
  const { seen } = createSeen(10)
  await seen.pass(
    'a',
    'link',
    async () => 1,
    () => false,
  )
  expect(seen.has('a')).toBe(false)
})

test('an id is remembered for its time at least, and for twice as long at most', async () => {
  const { seen, pass, wait } = createSeen(10, 1_000)
  await pass('a')
  wait(1_000)
  expect(seen.has('a')).toBe(true)
  wait(1_001)
  expect(seen.has('a')).toBe(false)
})

test('also when ids go on coming, or nothing is asked for long', async () => {
  const { seen, pass, wait } = createSeen(10, 1_000)
  wait(900)
  await pass('a')
  for (let ms = 0; ms <= 1_000; ms += 100) {
    expect(seen.has('a')).toBe(true)
    await pass(`${ms}`)
    wait(100)
  }
  wait(1_000)
  expect(seen.has('a')).toBe(false)
  wait(10_000)
  expect(seen.has('1000')).toBe(false)
})

describe('so many ids are remembered', () => {
  test('the newest in any case, and at most twice as many; the first that is forgotten early is told', async () => {
    const { seen, pass, overflows } = createSeen(3)
    const ids = Array.from('abcdefghijkl')
    for (const [index, id] of ids.entries()) {
      await pass(id)
      const newest = ids.slice(Math.max(0, index - 2), index + 1)
      expect(newest.filter((one) => seen.has(one))).toEqual(newest)
    }
    expect(ids.filter((id) => seen.has(id))).toEqual(Array.from('ghijkl'))
    expect(overflows).toEqual([3])
  })

  test('as long as all are remembered nothing is told', async () => {
    const { pass, overflows } = createSeen(3)
    for (const id of 'abcdef') await pass(id)
    expect(overflows).toEqual([])
    await pass('g')
    expect(overflows).toEqual([3])
  })

  test('what leaves because its time is over is no overflow', async () => {
    const { seen, pass, overflows, wait } = createSeen(3)
    for (let round = 0; round < 5; round++) {
      for (const id of ['a', 'b', 'c']) await pass(`${id}${round}`)
      wait(2_001)
      seen.has('a')
    }
    await pass('last')
    expect(seen.has('last')).toBe(true)
    expect(seen.has('a4')).toBe(false)
    expect(overflows).toEqual([])
  })

  test('an id that passes again on purpose takes no further place', async () => {
    const { seen, pass, overflows } = createSeen(2)
    for (const id of ['a', 'b', 'b', 'b', 'a', 'b']) await pass(id)
    expect([seen.has('a'), seen.has('b')]).toEqual([true, true])
    for (const id of ['c', 'd']) await pass(id)
    expect(['a', 'b', 'c', 'd'].every((id) => seen.has(id))).toBe(true)
    expect(overflows).toEqual([])
  })
})
