import { bridge, createBus, systemClock } from '@heliobus/core'
import { until } from '@heliobus/testing'
import { afterEach, expect, test } from 'vitest'
import { FarGroups } from '../../../../devtools/src/remote/far-groups.ts'
import { FarLetters } from '../../../../devtools/src/remote/far-letters.ts'
import { redisStreams, type RedisStreams } from '../../src/index.ts'
import { clients, someServer } from '../world.ts'
import { createTapWorld, watchOpen } from '../../../websocket/test/tap-world.ts'

// What a group on a real Redis has given up, from the handler to the model of the panel and back.

const [, clientOf] = clients[0]!
const client = clientOf(await someServer())
const closing: (() => unknown)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

interface Group {
  readonly streams: RedisStreams
  readonly handled: unknown[]
  readonly publish: (...data: readonly unknown[]) => void
  readonly mend: () => void
}

/** A group of one member, whose handler fails until it is mended. */
async function createGroup(handle?: () => Promise<void>): Promise<Group> {
  const namespace = crypto.randomUUID()
  const [worker, shop] = [1, 2].map(() => createBus({ logger: { log: () => undefined } }))
  closing.push(() => Promise.all([worker!.close(), shop!.close()]))
  const limits = { poll: 5, lease: 5_000, window: 1 }
  const streams = redisStreams({ client, namespace, group: 'billing', shards: 2, limits })
  const handled: unknown[] = []
  let isBroken = true
  worker!.subscribe(
    'order.placed',
    async ({ data }) => {
      await handle?.()
      if (isBroken) throw new TypeError('no total')
      handled.push(data)
    },
    { name: 'invoice', retry: false },
  )
  await bridge(worker!, streams, { send: [] })
  await bridge(shop!, redisStreams({ client, namespace, shards: 2 }), { send: ['**'] })
  return {
    streams,
    handled,
    mend: () => void (isBroken = false),
    publish: (...all) => all.forEach((data) => shop!.publish('order.placed', data, { subject: 'o-1' })),
  }
}

/** The panel's model of what a viewer of the group sees. */
async function look(
  streams: RedisStreams,
  mayAct: boolean,
): Promise<{ groups: FarGroups; letters: FarLetters }> {
  const world = await createTapWorld({
    groups: [streams],
    clock: systemClock,
    authorizeActions: () => mayAct,
    limits: { statusEvery: 20 },
  })
  closing.push(() => world.close())
  const { watching } = await watchOpen(world)
  closing.push(() => watching.stop())
  const places = () => [{ name: 'server', groups: watching.groups }]
  const changed = () => undefined
  const groups = new FarGroups({ clock: systemClock, places, changed })
  const letters = new FarLetters({ groups, clock: systemClock, changed })
  closing.push(letters.watch())
  return { groups, letters }
}

test('a letter of a failing handler appears, its payload masked; redriven from afar it is handled', async () => {
  const { streams, handled, publish, mend } = await createGroup()
  const { letters } = await look(streams, true)
  publish({ total: 12, password: 'hunter2' })
  await until(() => letters.list.length === 1, 'it is listed')
  const [letter] = letters.list
  expect(letter).toMatchObject({
    kind: 'failed',
    group: `server › ${streams.name}`,
    handler: 'invoice',
    calls: 1,
    event: { type: 'order.placed', subject: 'o-1' },
    error: expect.objectContaining({ name: 'TypeError', message: 'no total' }),
  })
  letters.pull(letter!)
  await until(() => letters.placeOf(letter!) === 'here', 'its payload comes')
  expect(letters.dataOf(letter!)).toEqual({ total: 12, password: '(masked)' })
  mend()
  expect(await letters.act('redrive', [letter!])).toEqual({ done: 1, gone: 0, left: 0, failure: '' })
  await until(() => handled.length === 1, 'it is handled')
  expect(handled).toEqual([{ total: 12, password: 'hunter2' }])
  await until(() => letters.list.length === 0, 'it is no longer listed')
})

test('who may only look changes nothing', async () => {
  const { streams, publish, handled, mend } = await createGroup()
  const { letters } = await look(streams, false)
  publish(1)
  await until(() => letters.list.length === 1, 'it is listed')
  mend()
  for (const action of ['redrive', 'discard'] as const)
    expect(await letters.act(action, letters.list)).toMatchObject({
      left: 1,
      failure: 'you may look, and not act',
    })
  expect(await streams.deadLetters.list()).toHaveLength(1)
  expect(handled).toEqual([])
})

test('owner, lease, lag and what is pending are as Redis has them', async () => {
  let open: () => void = () => undefined
  const gate = new Promise<void>((resolve) => (open = resolve))
  const { streams, publish, mend, handled } = await createGroup(() => gate)
  const { groups } = await look(streams, false)
  mend()
  publish(1, 2, 3, 4, 5)
  const busy = () => groups.list[0]?.shards.find(({ pending, lag }) => pending === 1 && lag === 4)
  await until(() => busy() !== undefined, 'one is handled, and four wait')
  const owned = streams.status().shards.find(({ shard }) => shard === busy()!.shard)
  expect(busy()).toMatchObject({ fence: owned!.fence, deadLetters: 0, isHalted: false })
  expect(busy()!.owner).toMatch(/^[\da-f-]{36}$/u)
  expect(busy()!.age).toBeGreaterThanOrEqual(0)
  expect(groups.list[0]).toMatchObject({ retention: streams.retention, failure: '' })
  open()
  await until(() => handled.length === 5, 'all are handled')
  await until(
    () => groups.list[0]!.shards.every(({ lag, pending }) => lag === 0 && pending === 0),
    'none waits',
  )
})
