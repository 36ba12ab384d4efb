import { expect, test } from 'vitest'
import { Gatherer } from '../src/indexeddb/gatherer.ts'

/** Keeps what it was told to do together, and does it when it is told to. */
function createWork() {
  const turns: { readonly all: readonly string[]; readonly end: (errors?: Map<string, unknown>) => void }[] =
    []
  const gatherer = new Gatherer<string>(
    (all) => new Promise((resolve) => turns.push({ all, end: (errors = new Map()) => resolve(errors) })),
  )
  return { gatherer, turns }
}

test('the first is done at once; what comes meanwhile is done together, in order', async () => {
  const { gatherer, turns } = createWork()
  const done: string[] = []
  const all = ['a', 'b', 'c'].map((what) => gatherer.do(what).then(() => done.push(what)))
  expect(turns.map((turn) => turn.all)).toEqual([['a']])
  turns[0]!.end()
  await all[0]
  await Promise.resolve()
  expect(done).toEqual(['a'])
  expect(turns.map((turn) => turn.all)).toEqual([['a'], ['b', 'c']])
  turns[1]!.end()
  await Promise.all(all)
  await Promise.resolve()
  expect(done).toEqual(['a', 'b', 'c'])
  const last = gatherer.do('d')
  expect(turns.at(-1)!.all).toEqual(['d'])
  turns.at(-1)!.end()
  await last
})

test('who is refused hears why, and nobody else', async () => {
  const { gatherer, turns } = createWork()
  const all = ['a', 'b', 'c'].map((what) => gatherer.do(what))
  turns[0]!.end()
  await all[0]
  await Promise.resolve()
  turns[1]!.end(new Map([['b', new Error('no room')]]))
  expect(await Promise.allSettled(all)).toMatchObject([
    { status: 'fulfilled' },
    { status: 'rejected', reason: { message: 'no room' } },
    { status: 'fulfilled' },
  ])
})

test('when none was done all hear of it, and the next are done', async () => {
  let isBroken = true
  const turns: (readonly string[])[] = []
  const gatherer = new Gatherer<string>(async (all) => {
    turns.push(all)
    if (isBroken) throw new Error('the disk is away')
    return new Map()
  })
  const all = ['a', 'b', 'c'].map((what) => gatherer.do(what))
  expect((await Promise.allSettled(all)).map(({ status }) => status)).toEqual(Array(3).fill('rejected'))
  isBroken = false
  await gatherer.do('d')
  expect(turns).toEqual([['a'], ['b', 'c'], ['d']])
})
