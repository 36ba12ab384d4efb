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
  const pass = (id: string): Promise<number> => seen.pass(id, 'here', async () => 1, always)
  return { seen, pass, overflows, wait: (ms: number) => (now += ms) }
}

test('an id counts as seen when it has settled, not before; a repeat meanwhile shares the outcome', async () => {
  const { seen } = createSeen(10)
  let finish: (outcome: number) => void = () => undefined
  const first = seen.pass('a', 'link', () => new Promise((resolve) => (finish = resolve)), always)
  expect(seen.has('a')).toBe(false)
  const repeat = seen.passing('a')
  finish(7)
  expect(await first).toBe(7)
  expect(await repeat).toBe(7)
  expect(seen.has('a')).toBe(true)
  expect(seen.passing('a')).toBeUndefined()
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
  wait(1_001)
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

test('an id is remembered for its time, and no longer', async () => {
  const { seen, pass, wait } = createSeen(10, 1_000)
  await pass('a')
  wait(1_000)
  expect(seen.has('a')).toBe(true)
  wait(1)
  expect(seen.has('a')).toBe(false)
})

describe('at most so many ids are remembered', () => {
  test('the oldest go first, and that is told once', async () => {
    const { seen, pass, overflows } = createSeen(3)
    for (const id of ['a', 'b', 'c', 'd', 'e']) await pass(id)
    expect(['a', 'b', 'c', 'd', 'e'].filter((id) => seen.has(id))).toEqual(['c', 'd', 'e'])
    expect(overflows).toEqual([3])
  })

  test('what leaves because its time is over is no overflow', async () => {
    const { seen, pass, overflows, wait } = createSeen(3)
    for (let round = 0; round < 5; round++) {
      for (const id of ['a', 'b', 'c']) await pass(`${id}${round}`)
      wait(1_001)
    }
    await pass('last')
    expect(seen.has('last')).toBe(true)
    expect(seen.has('a4')).toBe(false)
    expect(overflows).toEqual([])
  })

  test('an id that passes again on purpose is remembered once', async () => {
    const { seen, pass, overflows } = createSeen(2)
    for (const id of ['a', 'b', 'b', 'b']) await pass(id)
    expect([seen.has('a'), seen.has('b')]).toEqual([true, true])
    expect(overflows).toEqual([])
  })
})
