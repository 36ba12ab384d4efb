import { describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import {
  bridge,
  type BusEvent,
  createBus,
  createMemoryLog,
  createMemoryMesh,
  defineCatalog,
  defineEvent,
  record,
  replay,
  upgrade,
} from '../src/index.ts'
import { storedIn } from './stub-log.ts'
import { tappedBus } from './tapped-bus.ts'
import { turn } from './turn.ts'

/** One and the same event over the years: a name, then first and last, then a list of names and when it was. */
const First = defineEvent('user.created', { data: z.object({ name: z.string() }), version: 0 })
const Second = defineEvent('user.created', {
  data: z.object({ first: z.string(), last: z.string() }),
  version: 1,
})
const Third = defineEvent('user.created', {
  data: z.object({ names: z.array(z.string()), via: z.string().default('web') }),
  version: 2,
  upcast: {
    0: ({ name }: { readonly name: string }) => ({ first: name.split(' ')[0], last: name.split(' ')[1] }),
    1: ({ first, last }: { readonly first: string; readonly last: string }) => ({ names: [first, last] }),
  },
})
const catalog = defineCatalog(Third)

async function joined() {
  const mesh = createMemoryMesh()
  const [old, older] = [
    createBus({ catalog: defineCatalog(Second) }),
    createBus({ catalog: defineCatalog(First) }),
  ]
  const here = tappedBus({ catalog })
  for (const bus of [old, older, here.bus]) await bridge(bus, mesh)
  return { ...here, old, older }
}

describe('data of an older version', () => {
  it('is brought up to date when it arrives, step by step, and then checked', async () => {
    const { bus, older, old } = await joined()
    const seen: BusEvent[] = []
    bus.subscribe('user.created', (event) => seen.push(event))
    older.publish('user.created', { name: 'Ada Lovelace' })
    old.publish('user.created', { first: 'Alan', last: 'Turing' })
    await turn()
    expect(seen.map(({ version, data }) => ({ version, data }))).toEqual([
      { version: 2, data: { names: ['Ada', 'Lovelace'], via: 'web' } },
      { version: 2, data: { names: ['Alan', 'Turing'], via: 'web' } },
    ])
  })

  it('is brought up to date when it is replayed; the log keeps what it was', async () => {
    const log = createMemoryLog()
    const then = createBus({ catalog: defineCatalog(First) })
    const recording = record(then, log)
    const event = then.publish('user.created', { name: 'Ada Lovelace' })
    await recording.flush()
    const now = createBus({ catalog })
    const seen: BusEvent[] = []
    now.subscribe('user.created', (one) => seen.push(one))
    await replay(log, now).done
    expect(seen).toMatchObject([{ id: event.id, version: 2, data: { names: ['Ada', 'Lovelace'] } }])
    expect(await storedIn(log)).toEqual([event])
    expect(upgrade(event, catalog)).toEqual(seen[0])
  })

  it('without an upcast for its version it is the schema that decides', () => {
    const Tolerant = defineEvent('user.created', {
      data: z.object({ names: z.array(z.string()).default([]) }),
      version: 5,
      upcast: { 4: () => ({ names: ['upcast'] }) },
    })
    const event = createBus().publish('user.created', {})
    expect(upgrade(event, defineCatalog(Tolerant))).toMatchObject({ version: 5, data: { names: [] } })
  })

  it('that its upcast cannot read is refused, and kept as a dead letter', async () => {
    const error = new TypeError('no name')
    const Strict = defineEvent('strict', {
      data: z.unknown(),
      upcast: {
        0: () => {
          throw error
        },
      },
    })
    const { bus, told } = tappedBus({ catalog: defineCatalog(Strict) })
    const event = { ...createBus().publish('strict', 1), version: 0 }
    expect(await bus.inlet.accept(event, 'there')).toMatchObject({ refused: 'upcast-failed' })
    expect(told('refused')).toMatchObject([
      {
        link: 'there',
        error: { code: 'upcast-failed', details: { topic: 'strict', version: 0 }, cause: error },
      },
    ])
    expect(bus.deadLetters.list()).toMatchObject([{ kind: 'invalid', event: { id: event.id } }])
  })
})

describe('data of a newer version than is known', () => {
  it('is refused when it arrives, told, and kept as a dead letter', async () => {
    const { bus, old, older } = await joined()
    const handler = vi.fn()
    old.subscribe('user.created', handler)
    older.subscribe('user.created', handler)
    const event = bus.publish('user.created', { names: ['Ada'] })
    await turn()
    expect(handler).not.toHaveBeenCalled()
    expect(old.deadLetters.list()).toMatchObject([
      {
        kind: 'invalid',
        event: { id: event.id, version: 2 },
        error: { code: 'version-unknown', details: { topic: 'user.created', version: 2, known: 1 } },
      },
    ])
  })

  it('is refused when it is replayed, told, and stays in the log', async () => {
    const log = createMemoryLog()
    await log.append([createBus({ catalog }).publish('user.created', { names: ['Ada'] })])
    const { bus, told } = tappedBus({ catalog: defineCatalog(First) })
    expect(await replay(log, bus).done).toMatchObject({ replayed: 0, refused: 1, isComplete: true })
    expect(told('refused')).toMatchObject([{ link: 'replay', error: { code: 'version-unknown' } }])
    expect(bus.deadLetters.size).toBe(0)
    expect(await log.count()).toBe(1)
  })
})

describe('upgrade', () => {
  it('says when it does not know the event', () => {
    const event = createBus().publish('user.create', {})
    expect(() => upgrade(event, catalog)).toThrow('did you mean "user.created"?')
  })

  it('gives an event of today as it is', () => {
    const event = createBus({ catalog }).publish('user.created', { names: ['Ada'] })
    expect(upgrade(event, catalog)).toEqual(event)
  })
})

describe('an upcast', () => {
  const define = (version: number, steps: readonly number[]) => () =>
    defineEvent('a', {
      data: z.unknown(),
      version,
      upcast: Object.fromEntries(steps.map((one) => [one, () => 1])),
    })

  it.each([
    [2, [0]],
    [3, [0, 2]],
    [1, [0, 1]],
    [1, [0, -1]],
    [1, [0.5]],
  ])('up to version %i cannot have the steps %j', (version, steps) => {
    expect(define(version, steps)).toThrow(
      `the option upcast of "a" must take each version to the next, up to ${version}, not ${steps.join(',')}`,
    )
  })

  it.each([
    [1, []],
    [1, [0]],
    [3, [1, 2]],
  ])('up to version %i can have the steps %j', (version, steps) => {
    expect(define(version, steps)).not.toThrow()
  })
})
