import { createManualClock, type ManualClock } from '@heliobus/testing'
import { describe, expect, test } from 'vitest'
import { ageText, totalsOf, troublesOf } from '../src/model/group-health.ts'
import { FarGroups, type GroupsPlace } from '../src/remote/far-groups.ts'
import { FarLetters } from '../src/remote/far-letters.ts'
import { FakeRemoteGroups, report, shard } from './remote-groups.ts'

interface World {
  readonly clock: ManualClock
  readonly remote: FakeRemoteGroups
  readonly groups: FarGroups
  readonly letters: FarLetters
  readonly pass: (ms: number) => Promise<void>
  readonly connect: (is: boolean) => void
}

function world(): World {
  const clock = createManualClock()
  const remote = new FakeRemoteGroups()
  let places: readonly GroupsPlace[] = [{ name: 'server', groups: remote }]
  const changed = (): void => undefined
  const groups = new FarGroups({ clock, places: () => places, changed })
  const letters = new FarLetters({ groups, clock, changed })
  const pass = async (ms: number): Promise<void> => {
    clock.advance(ms)
    for (let turn = 0; turn < 100; turn++) await Promise.resolve()
  }
  const connect = (is: boolean): void => void (places = [{ name: 'server', groups: is ? remote : undefined }])
  return { clock, remote, groups, letters, pass, connect }
}

describe('groups of other processes', () => {
  test('are asked after each second while somebody looks, however many look, and not before or after', async () => {
    const { remote, groups, pass } = world()
    await pass(5_000)
    expect(remote.calls).toEqual([])
    const [first, second] = [groups.watch(), groups.watch()]
    await pass(0)
    await pass(999)
    expect(remote.calls).toEqual(['look'])
    await pass(1)
    expect(remote.calls).toHaveLength(2)
    first()
    first()
    await pass(1_000)
    expect(remote.calls).toHaveLength(3)
    second()
    await pass(5_000)
    expect(remote.calls).toHaveLength(3)
    expect(groups.list).toMatchObject([{ id: 'server › billing', process: 'server', mayAct: true }])
  })

  test('a glance asks once, a moment later', async () => {
    const { remote, groups, pass } = world()
    for (let n = 0; n < 50; n++) groups.glance()
    await pass(1_000)
    await pass(5_000)
    expect(remote.calls).toEqual(['look'])
  })

  test('what was known of a process that is lost stays, and nothing can be done with it', async () => {
    const { groups, pass, connect } = world()
    groups.watch()
    await pass(0)
    connect(false)
    await pass(1_000)
    expect(groups.list).toMatchObject([
      { name: 'billing', failure: 'server is not connected', mayAct: false, remote: undefined },
    ])
    connect(true)
    await pass(1_000)
    expect(groups.list).toMatchObject([{ failure: '', mayAct: true }])
  })
})

describe('dead letters of groups', () => {
  test('are listed page by page when their number changes, and stay the same objects', async () => {
    const { remote, letters, pass } = world()
    for (let n = 0; n < 60; n++) remote.bury(`0/${n}`)
    letters.watch()
    await pass(0)
    expect(letters.list).toHaveLength(60)
    expect(remote.calls).toEqual(['look', 'letters after undefined', 'letters after 0/49'])
    const [first] = letters.list
    await pass(1_000)
    expect(remote.calls).toHaveLength(4)
    remote.bury('0/60')
    await pass(1_000)
    expect(letters.list).toHaveLength(61)
    expect(letters.list[0]).toBe(first)
    expect(first).toMatchObject({ group: 'server › billing', place: '0/0', calls: 3, attempts: [] })
  })

  test('1,000 of a group are listed, and all are counted', async () => {
    const { remote, letters, pass } = world()
    for (let n = 0; n < 1_200; n++) remote.bury(`0/${n}`)
    letters.watch()
    await pass(0)
    await pass(1_000)
    expect([letters.list.length, letters.count]).toEqual([1_000, 1_200])
  })

  test('the data of one comes when it is asked for', async () => {
    const { remote, letters, pass } = world()
    remote.bury('0/1')
    letters.watch()
    await pass(0)
    const [one] = letters.list
    expect(letters.placeOf(one!)).toBe('away')
    letters.pull(one!)
    letters.pull(one!)
    expect(letters.placeOf(one!)).toBe('asked')
    await pass(0)
    expect([letters.placeOf(one!), letters.dataOf(one!)]).toEqual(['here', { of: '0/1' }])
    expect(remote.calls.filter((call) => call.startsWith('pull'))).toEqual(['pull 0/1'])
  })

  test('are acted on 100 at a time; what became of them is told, and what is left is listed', async () => {
    const { remote, letters, pass } = world()
    for (let n = 0; n < 250; n++) remote.bury(`0/${n}`)
    letters.watch()
    await pass(0)
    remote.kept.delete('0/7')
    const outcome = letters.act('redrive', letters.list.slice(0, 210))
    await pass(0)
    expect(await outcome).toEqual({ done: 209, gone: 1, left: 0, failure: '' })
    expect(remote.calls.filter((call) => call.startsWith('redrive'))).toEqual([
      'redrive 100',
      'redrive 100',
      'redrive 10',
    ])
    await pass(0)
    expect(letters.list).toHaveLength(40)
  })

  test('what goes no further says how many are left, and why', async () => {
    const { remote, letters, pass, connect } = world()
    for (let n = 0; n < 10; n++) remote.bury(`0/${n}`)
    letters.watch()
    await pass(0)
    remote.stopsAfter = 4
    expect(await letters.act('discard', letters.list)).toEqual({
      done: 4,
      gone: 0,
      left: 6,
      failure: 'Redis is away',
    })
    connect(false)
    await pass(1_000)
    expect(letters.mayAct(letters.list[0]!)).toBe(false)
    expect(await letters.act('discard', letters.list)).toMatchObject({
      left: 6,
      failure: 'its process is not connected',
    })
    const [left] = letters.list
    letters.pull(left!)
    await pass(0)
    expect(letters.placeOf(left!)).toEqual({ missing: 'its process is not connected' })
    connect(true)
    await pass(1_000)
    letters.pull(left!)
    await pass(0)
    expect(letters.placeOf(left!)).toBe('here')
  })
})

describe('what is wrong with a group, in a sentence', () => {
  const hour = 3_600_000
  test.each([
    ['all is well', report([shard(0)]), []],
    ['one owner is missing', report([shard(0), shard(3, { owner: undefined })]), ['Shard 3 has no owner']],
    [
      'some are missing',
      report([shard(0), ...[1, 2, 5].map((number) => shard(number, { owner: undefined }))]),
      ['Shards 1, 2 and 5 have no owner'],
    ],
    [
      'many are missing',
      report(
        Array.from({ length: 17 }, (_, number) => shard(number, number > 0 ? { owner: undefined } : {})),
      ),
      ['Shards 1, 2, 3, 4, 5 and 11 more have no owner'],
    ],
    [
      'all are missing',
      report([shard(0, { owner: undefined })]),
      ['No shard has an owner: no process of the group is running'],
    ],
    [
      'it is late',
      report([shard(0, { age: 5 * hour }), shard(1, { age: hour })], { retention: 7 * hour }),
      ['The oldest unhandled event is 5 h old: 71 % of the time that events are kept'],
    ],
    ['it is a little late', report([shard(0, { age: 3 * hour })], { retention: 7 * hour }), []],
    ['nothing is ever too late', report([shard(0, { age: 1e12 })], { retention: undefined }), []],
    [
      'a handler gave up',
      report([shard(2, { isHalted: true, deadLetters: 1, parkedKeys: 2 })]),
      ['Shard 2 stands still, because a handler gave up', '2 keys are kept back', '1 event was given up'],
    ],
    ['it is away', report([], { failure: 'Redis is away' }), ["It can't be asked how it is: Redis is away"]],
  ])('%s', (_, one, texts) => {
    expect(troublesOf(one).map(({ text }) => text)).toEqual(texts)
  })

  test('sums know what they don’t know', () => {
    const shards = [shard(0, { lag: 3, age: 5 }), shard(1, { lag: undefined, owner: 'm-2', age: 9 })]
    expect(totalsOf(shards)).toMatchObject({ owners: 2, lag: 3, isLagKnown: false, age: 9 })
  })

  test.each([
    [0, '<1 s'],
    [59_999, '59 s'],
    [90_000, '1 min'],
    [5 * hour, '5 h'],
    [49 * hour, '2 d'],
  ])('%i ms are %s', (ms, text) => expect(ageText(ms)).toBe(text))
})
