import type { GroupAction, RemoteGroups } from '@heliobus/core'
import { createManualClock, until } from '@heliobus/testing'
import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import { readTapFrame, readViewerFrame } from '../src/tap-wire/read-frame.ts'
import { Violation } from '../src/protocol/close-code.ts'
import { exposeTap, type ExposeOptions } from '../src/tap/index.ts'
import { Turns } from '../src/tap/turns.ts'
import { FakeGroup, letter, shard } from './fake-group.ts'
import { type Frame, Talk } from './talk.ts'
import { batches, createTapWorld, type Notebook, type TapWorld, watchOpen } from './tap-world.ts'

const closing: (() => unknown)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

interface Watched {
  readonly world: TapWorld
  readonly notes: Notebook
  readonly groups: RemoteGroups
}

async function watched(group: FakeGroup, options: Partial<ExposeOptions> = {}): Promise<Watched> {
  const world = await createTapWorld({ groups: [group], authorizeActions: () => true, ...options })
  closing.push(() => world.close())
  const { notes, watching } = await watchOpen(world)
  closing.push(() => watching.stop())
  return { world, notes, groups: watching.groups! }
}

describe('how far a group is', () => {
  test('is told as the store has it, the oldest event as an age', async () => {
    const group = new FakeGroup()
    const { world, groups } = await watched(group)
    group.shards = [
      shard(0, { owner: { member: 'm-1', fence: 3 }, deadLetters: 2, redelivered: 5 }),
      shard(1, {
        lag: undefined,
        pending: 1,
        oldest: world.clock.now() - 5_000,
        isHalted: true,
        parkedKeys: 1,
      }),
    ]
    const none = { owner: undefined, fence: undefined, age: undefined }
    expect(await groups.look()).toEqual({
      mayAct: true,
      groups: [
        {
          name: 'billing',
          retention: 100_000,
          failure: '',
          shards: [
            { ...shard(0, { deadLetters: 2, redelivered: 5 }), ...none, owner: 'm-1', fence: 3 },
            {
              ...shard(1, { pending: 1, parkedKeys: 1, isHalted: true }),
              ...none,
              lag: undefined,
              age: 5_000,
            },
          ],
        },
      ],
    })
  })

  test('is asked of the store once a second at most, and not at all while nobody looks', async () => {
    const group = new FakeGroup()
    const { world, groups } = await watched(group)
    world.clock.advance(5_000)
    expect(group.calls).toEqual([])
    await Promise.all([groups.look(), groups.look(), groups.look()])
    expect(group.calls).toEqual(['inspect'])
    world.clock.advance(999)
    await groups.look()
    expect(group.calls).toHaveLength(1)
    world.clock.advance(1)
    await groups.look()
    expect(group.calls).toHaveLength(2)
  })

  test('a store that is away is said to be, for this group alone', async () => {
    const [away, fine] = [new FakeGroup('away'), new FakeGroup('fine')]
    away.isAway = true
    const { groups } = await watched(away, { groups: [away, fine] })
    expect(await groups.look()).toMatchObject({
      groups: [
        { name: 'away', failure: 'the connection to Redis is closed', shards: [] },
        { name: 'fine', failure: '', shards: [{ shard: 0 }, { shard: 1 }] },
      ],
    })
  })

  test('a store that does not answer holds up no other group, and is not asked twice', async () => {
    const [silent, fine] = [new FakeGroup('silent'), new FakeGroup('fine')]
    silent.inspect = () => (silent.calls.push('inspect'), new Promise(() => undefined))
    const { world, groups } = await watched(silent, { groups: [silent, fine] })
    const answer = groups.look()
    await until(() => (world.clock.advance(500), fine.calls.length > 0), 'both are asked')
    await until(() => (world.clock.advance(500), world.clock.elapsed() > 3_000), 'it takes too long')
    expect(await answer).toMatchObject({
      groups: [
        { name: 'silent', failure: 'it does not answer' },
        { name: 'fine', failure: '' },
      ],
    })
    const again = groups.look()
    await until(() => (world.clock.advance(500), fine.calls.length > 1), 'they are asked again')
    world.clock.advance(3_000)
    expect(await again).toHaveProperty('groups')
    expect(silent.calls).toEqual(['inspect'])
  })

  test('what is amiss is told without being asked for, and what goes well is not', async () => {
    const group = new FakeGroup()
    const { world, notes } = await watched(group)
    group.tell({ type: 'owned', shard: 1 })
    group.tell({ type: 'buried', shard: 1, letter: letter({ password: 'hunter2' }) })
    group.tell({ type: 'retention-at-risk', shard: 1, group: 'mail', share: 0.8 })
    await batches(world, notes)
    expect(notes.batches.flatMap(({ signals }) => signals)).toMatchObject([
      {
        type: 'warning',
        warning: 'consumer-group',
        topic: 'billing',
        detail: 'shard 1: gave up order.placed at invoice: no total',
      },
      { detail: 'shard 1: mail is far behind: 80 % of the time that events are kept' },
    ])
    expect(JSON.stringify(notes.batches)).not.toContain('hunter2')
  })

  test('a process without groups does not say that it has any', async () => {
    const world = await createTapWorld()
    closing.push(() => world.close())
    const { watching } = await watchOpen(world)
    closing.push(() => watching.stop())
    expect(watching.groups).toBeUndefined()
  })

  test('groups that can not be told apart, and too many of them, are refused', async () => {
    const { bus } = await createTapWorld().then((world) => (closing.push(() => world.close()), world))
    const many = Array.from({ length: 17 }, (_, index) => new FakeGroup(`g${index}`))
    for (const groups of [[new FakeGroup(), new FakeGroup()], [new FakeGroup('')], many])
      expect(() => exposeTap(bus, { origins: [], authorize: () => true, groups })).toThrow(
        expect.objectContaining({ code: 'option-invalid' }),
      )
  })
})

describe('dead letters of a group', () => {
  test('come in pages, without their payloads, and with their errors', async () => {
    const group = new FakeGroup()
    for (let n = 0; n < 60; n++) group.kept.set(`0/${n}`, letter({ n }))
    const { groups } = await watched(group)
    const first = await groups.letters('billing')
    expect(first).toMatchObject({ more: true, letters: { length: 50 } })
    const second = await groups.letters('billing', '0/49')
    expect(second).toMatchObject({ more: false, letters: { length: 10 } })
    expect('letters' in second && second.letters[0]).toMatchObject({
      id: '0/50',
      kind: 'failed',
      handler: 'invoice',
      attempts: 3,
      at: 2_000,
      event: { id: 'e-1', type: 'order.placed', subject: 'o-1', data: undefined },
      error: expect.objectContaining({ name: 'TypeError', message: 'no total', code: 'E_TOTAL' }),
    })
  })

  test('what came in the place of an event is listed, too', async () => {
    const group = new FakeGroup()
    group.kept.set('0/1', letter(undefined, { kind: 'invalid', event: 'password=hunter2' }))
    const { groups } = await watched(group)
    expect(await groups.letters('billing')).toMatchObject({
      letters: [{ kind: 'invalid', event: { id: '(no id)', type: '(no topic)' } }],
    })
    expect(await groups.pull('billing', '0/1')).toEqual({ missing: 'what came is no event' })
  })

  test('a payload comes when it is asked for, its secrets masked', async () => {
    const group = new FakeGroup()
    group.kept.set('0/1', letter({ total: 12, password: 'hunter2' }))
    const { groups } = await watched(group)
    expect(await groups.pull('billing', '0/1')).toEqual({ data: { total: 12, password: '(masked)' } })
    expect(await groups.pull('billing', '0/2')).toMatchObject({
      missing: expect.stringContaining('no longer'),
    })
    expect(await groups.pull('other', '0/1')).toEqual({ missing: 'there is no such group' })
  })

  test('are redriven and discarded, and what is gone is counted', async () => {
    const group = new FakeGroup()
    for (const id of ['0/1', '0/2', '0/3']) group.kept.set(id, letter())
    const { world, groups } = await watched(group)
    expect(await groups.act('redrive', 'billing', ['0/1', '0/9'])).toEqual({ done: 1, gone: 1, failure: '' })
    world.clock.advance(1_000)
    expect(await groups.act('discard', 'billing', ['0/2'])).toEqual({ done: 1, gone: 0, failure: '' })
    expect([...group.kept.keys()]).toEqual(['0/3'])
  })

  test('what goes no further says how far it went', async () => {
    const group = new FakeGroup()
    for (const id of ['0/1', '0/2']) group.kept.set(id, letter())
    const { groups } = await watched(group)
    const { redrive } = group.deadLetters
    group.deadLetters.redrive = async (id) => {
      group.isAway = id === '0/2'
      return redrive(id)
    }
    expect(await groups.act('redrive', 'billing', ['0/1', '0/2'])).toEqual({
      done: 1,
      gone: 0,
      failure: 'the connection to Redis is closed',
    })
  })
})

test('keys that are kept back are listed with what blocked them, and released', async () => {
  const group = new FakeGroup()
  group.blocked.set('o-1', letter()).set('o-2', letter()).set('x'.repeat(2_000), letter())
  const { world, groups } = await watched(group)
  const reason = 'invoice: no total'
  expect(await groups.parked('billing')).toEqual({
    keys: [
      { key: 'o-1', events: 3, reason },
      { key: 'o-2', events: 3, reason },
    ],
    leftOut: 1,
  })
  expect(await groups.act('release', 'billing', ['o-1'])).toMatchObject({ done: 1 })
  world.clock.advance(1_000)
  expect(await groups.act('skip', 'billing', ['o-2'])).toMatchObject({ done: 1 })
  world.clock.advance(1_000)
  expect(await groups.act('release', 'billing', ['o-1'])).toMatchObject({ done: 0, gone: 1 })
  expect(group.calls).toEqual(['release o-1', 'skip o-2', 'release o-1'])
})

describe('who may act', () => {
  const denials: readonly (readonly [string, Partial<ExposeOptions>])[] = [
    ['nobody, unless it is said', {}],
    ['not who is refused', { authorizeActions: () => false }],
    ['not who gets anything but true', { authorizeActions: (() => 'yes') as never }],
    ['not who has the wrong token', { authorizeActions: (_, { token }) => token === 'chief' }],
  ]
  const actions: readonly GroupAction[] = ['redrive', 'discard', 'release', 'skip']
  const table = denials.flatMap(([who, options]) => actions.map((action) => [who, action, options] as const))

  test.each(table)('%s: %s', async (_, action, options) => {
    const group = new FakeGroup()
    group.kept.set('0/1', letter())
    group.blocked.set('o-1', letter())
    const world = await createTapWorld({ groups: [group], ...options })
    closing.push(() => world.close())
    const { watching } = await watchOpen(world)
    closing.push(() => watching.stop())
    const which = action === 'redrive' || action === 'discard' ? '0/1' : 'o-1'
    expect(await watching.groups!.look()).toMatchObject({ mayAct: false })
    expect(await watching.groups!.act(action, 'billing', [which])).toEqual({
      missing: 'you may look, and not act',
    })
    expect(group.calls).toEqual(['inspect'])
    expect([group.kept.size, group.blocked.size]).toEqual([1, 1])
  })

  test('is asked before each action: a right that has ended ends at once', async () => {
    let may = true
    const group = new FakeGroup()
    group.kept.set('0/1', letter())
    const { groups } = await watched(group, { authorizeActions: () => may })
    may = false
    expect(await groups.act('discard', 'billing', ['0/1'])).toHaveProperty('missing')
    expect(group.kept.size).toBe(1)
  })

  test('nobody, while that can not be asked; and why is not told', async () => {
    let isAway = false
    const group = new FakeGroup()
    group.kept.set('0/1', letter())
    const authorizeActions = () => {
      if (isAway) throw new Error('postgres://admin:hunter2@db is away')
      return true
    }
    const { groups } = await watched(group, { authorizeActions })
    isAway = true
    expect(await groups.act('discard', 'billing', ['0/1'])).toEqual({ missing: 'you may look, and not act' })
    expect(group.kept.size).toBe(1)
  })

  test('who was not welcomed asks nothing', async () => {
    const group = new FakeGroup()
    const { world } = await watched(group)
    const talk = await new Talk(world.url).opened()
    talk.say({ type: 'groups', request: 1 })
    expect((await talk.goodbye).code).toBe(4400)
    expect(group.calls).toEqual([])
  })
})

describe('too much at once', () => {
  test('100 letters a second, of all together; what waits in line is bounded', async () => {
    const clock = createManualClock()
    const turns = new Turns(clock, 100)
    const done: number[] = []
    const takes = [1, 2, 3, 4].map((n) => turns.take(100, async () => void done.push(n)))
    await expect(turns.take(1, async () => undefined)).rejects.toThrow('too many wait')
    await takes[0]
    expect(done).toEqual([1])
    await until(() => (clock.advance(100), done.length === 4), 'each has its turn')
    expect(clock.elapsed()).toBeGreaterThanOrEqual(3_000)
  })

  test('questions that wait for the store are bounded', async () => {
    const group = new FakeGroup()
    const { world } = await watched(group)
    let answer: () => void = () => undefined
    const gate = new Promise<void>((resolve) => (answer = resolve))
    group.deadLetters.list = () => gate.then(() => [])
    const talk = await new Talk(world.url).opened()
    talk.say({ type: 'hello', version: 1, token: 'right' })
    await talk.next('welcome')
    for (let request = 0; request < 25; request++) talk.say({ type: 'letters', request, group: 'billing' })
    const refused: Frame[] = []
    while (refused.length < 5) refused.push(await talk.next('letters'))
    expect(refused.map(({ request }) => request)).toEqual([20, 21, 22, 23, 24])
    expect(refused[0]).toHaveProperty('missing', 'too much was asked for at once')
    answer()
    await talk.next('letters')
    talk.close()
  })
})

describe('frames', () => {
  const page = readFileSync(new URL('../../../docs/TAP-PROTOCOL.md', import.meta.url), 'utf8')
  const shown = [...page.matchAll(/^```json\n([^]*?)^```/gm)].flatMap(([, text]) =>
    text!.split(/\n(?=\{)/).map((one) => JSON.parse(one) as object),
  )

  test('every message of the document is read as it stands, by the side that hears it', () => {
    for (const frame of shown) {
      const readers = [readViewerFrame, readTapFrame].filter((read) =>
        reads(() => read(JSON.stringify(frame))),
      )
      expect(readers.map(() => frame)).not.toHaveLength(0)
    }
    for (const type of ['groups', 'letters', 'pull-letter', 'parked', 'act', 'acted', 'payload', 'pull'])
      expect(shown.some((frame) => Reflect.get(frame, 'type') === type)).toBe(true)
  })

  const hostile: readonly (readonly ['viewer' | 'tap', object])[] = [
    ['viewer', { type: 'groups' }],
    ['viewer', { type: 'letters', request: 1 }],
    ['viewer', { type: 'act', request: 1, group: 'g', action: 'constructor', which: ['a'] }],
    ['viewer', { type: 'act', request: 1, group: 'g', action: 'redrive', which: [] }],
    ['viewer', { type: 'act', request: 1, group: 'g', action: 'redrive', which: [1] }],
    ['viewer', { type: 'act', request: 1, group: 'g', action: 'redrive', which: 'a'.repeat(101).split('') }],
    ['viewer', { type: 'act', request: 1, group: 'g', action: 'redrive', which: ['x'.repeat(2_000)] }],
    ['tap', { type: 'groups', request: 1, groups: [null] }],
    ['tap', { type: 'groups', request: 1, groups: [{ name: 'g', shards: [{ shard: -1 }] }] }],
    ['tap', { type: 'letters', request: 1, letters: [{ id: '1', kind: 'failed' }] }],
    ['tap', { type: 'parked', request: 1, keys: 'all', leftOut: 0 }],
    ['tap', { type: 'acted', request: 1, done: 'all', gone: 0 }],
  ]

  const named = hostile.map(([side, frame]) => [side, JSON.stringify(frame).slice(0, 90), frame] as const)

  test.each(named)('from the %s, %s is refused', (side, _, frame) => {
    const read = side === 'viewer' ? readViewerFrame : readTapFrame
    expect(() => read(JSON.stringify(frame))).toThrow(Violation)
  })

  test('nothing but a violation is thrown, whatever a member is', () => {
    fc.assert(
      fc.property(fc.constantFrom(...shown), fc.nat(), fc.jsonValue(), (frame, at, value) => {
        const members = Object.keys(frame)
        const text = JSON.stringify({ ...frame, [members[at % members.length]!]: value })
        for (const read of [readViewerFrame, readTapFrame]) expect(faultOf(() => read(text))).toBeUndefined()
      }),
    )
  })

  test('lists that are longer than they may be are cut', () => {
    const one = { ...shard(0), owner: 'm', fence: 1 }
    const groups = Array.from({ length: 40 }, (_, at) => ({
      name: `g${at}`,
      shards: Array.from({ length: 2_000 }, () => one),
    }))
    const frame = readTapFrame(JSON.stringify({ type: 'groups', request: 1, groups }))
    expect(frame).toMatchObject({ answer: { groups: { length: 16 } } })
    expect(frame).toHaveProperty('answer.groups.0.shards.length', 1_024)
  })
})

/** What is thrown though it is no violation. */
function faultOf(read: () => unknown): unknown {
  try {
    read()
    return undefined
  } catch (error) {
    return error instanceof Violation ? undefined : error
  }
}

function reads(read: () => unknown): boolean {
  try {
    read()
    return true
  } catch {
    return false
  }
}
