import { bridge, createBus, systemClock } from '@heliobus/core'
import { until } from '@heliobus/testing'
import { setTimeout } from 'node:timers/promises'
import { createClient } from 'redis'
import { afterEach, describe, expect, test } from 'vitest'
import { ask } from '../../../../../scripts/redis-server.mjs'
import { nodeRedis, redisStreams, type RedisStreamsOptions, type StreamSignal } from '../../../src/index.ts'
import { startServer } from '../../world.ts'
import { type Mutant, mutated } from './mutants.ts'

const server = await startServer()
const open: { close(): Promise<unknown> }[] = []

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
})

/** A member of a group in this process, with all that it has to tell. */
async function member(options: Partial<RedisStreamsOptions>, mutant: Mutant | undefined, pace = 0) {
  const bus = createBus({ logger: { log: () => undefined } })
  const handled: unknown[] = []
  const gaps: string[] = []
  bus.tap$.subscribe((signal) => signal.type === 'gap' && gaps.push(signal.reason))
  bus.subscribe('**', async ({ data }) => {
    if (pace > 0) await setTimeout(pace)
    handled.push(data)
  })
  const limits = { poll: 5, lease: 600, ...options.limits }
  const client = mutated(nodeRedis(createClient({ url: server.url })), mutant)
  const streams = redisStreams({ group: 'group', shards: 1, ...options, client, limits })
  const signals: StreamSignal[] = []
  streams.signals$.subscribe((signal) => void signals.push(signal))
  const link = await bridge(bus, streams, { send: [] })
  open.push(link, bus)
  const count = (type: StreamSignal['type']): number => signals.filter((one) => one.type === type).length
  return { handled, gaps, streams, signals, count, link }
}

async function publisher(namespace: string) {
  const bus = createBus()
  const client = nodeRedis(createClient({ url: server.url }))
  const limits = { sweep: 20 } // it keeps events for days, and lets others look after them, too
  open.push(await bridge(bus, redisStreams({ client, namespace, shards: 1, limits }), { send: ['**'] }), bus)
  return async (count: number): Promise<void> => {
    for (let n = 0; n < count; n++) bus.publish('x', n, { subject: `k${n % 7}` })
    await bus.drain()
  }
}

/** That something is told, or done, and is not by a mutant. */
function promise<Verdict extends object>(
  name: string,
  expected: Verdict,
  run: (mutant?: Mutant) => Promise<Verdict>,
  ...mutants: readonly Mutant[]
): void {
  describe(`${name}:`, () => {
    test('the promise is kept', async () => expect(await run()).toEqual(expected))
    test.each(mutants)('and is not with a member that is %s', async (mutant) =>
      expect(await run(mutant)).not.toEqual(expected),
    )
  })
}

promise(
  'a group is away for longer than events are kept',
  { isWarned: true, expired: 3, letters: 3 },
  async (mutant) => {
    const namespace = crypto.randomUUID()
    const late = await member({ namespace, group: 'late', limits: { sweep: 20 } }, undefined)
    await late.link.close() // it is known, and away
    const limits = { retention: 3_000, sweep: 40 }
    const other = await member({ namespace, group: 'other', limits }, mutant)
    await (
      await publisher(namespace)
    )(3)
    const expired = (): number =>
      other.signals.reduce((sum, one) => sum + (one.type === 'expired' ? one.count : 0), 0)
    await until(() => expired() >= 3, 'it is too late')
    const letters = await redisLetters(namespace)
    return { isWarned: other.count('retention-at-risk') > 0, expired: expired(), letters }
  },
  'careless',
  'unworried',
)

async function redisLetters(namespace: string): Promise<number> {
  return Number((await ask(server.port, `XLEN ${namespace}:{s00}:dead:late`)).slice(1))
}

promise(
  'Redis loses its data while a group is at work',
  { gaps: 1, handled: 60 },
  async (mutant) => {
    const namespace = crypto.randomUUID()
    const one = await member({ namespace }, mutant)
    const publish = await publisher(namespace)
    await publish(30)
    await until(() => one.handled.length === 30, 'the first are handled')
    await ask(server.port, 'FLUSHALL')
    await publish(30)
    await until(() => one.handled.length === 60, 'it goes on')
    await until(() => one.count('owned') > 1, 'it owns the shard anew')
    await setTimeout(300) // a third of a lease later it is known, if ever
    return { gaps: one.gaps.length, handled: one.handled.length }
  },
  'trusting',
)

promise(
  'the clock of a member jumps by days, forward and backward',
  { handled: 150, expired: 0, lost: 0, letters: 0 },
  async (mutant) => {
    const namespace = crypto.randomUUID()
    let offset = 0
    const clock = { ...systemClock, now: () => systemClock.now() + offset }
    const one = await member({ namespace, clock, limits: { sweep: 20, lease: 3_000 } }, mutant, 2)
    const publish = await publisher(namespace)
    for (const days of [8, -1, 0]) {
      offset = days * 24 * 60 * 60 * 1_000
      await publish(50)
      await setTimeout(1_100) // more than a third of a lease
    }
    const isDone = () => one.handled.length + one.count('expired') >= 150 || one.count('expired') > 0
    await until(isDone, 'all is handled')
    const letters = (await one.streams.deadLetters.list()).length
    return { handled: one.handled.length, expired: one.count('expired'), lost: one.count('lost'), letters }
  },
  'headstrong',
)
