import { bridge, createBus } from '@heliobus/core'
import { createManualClock, createRecordingPort, type ManualClock, until } from '@heliobus/testing'
import { setImmediate } from 'node:timers/promises'
import { createClient } from 'redis'
import { afterEach, describe, expect, test } from 'vitest'
import { nodeRedis, type RedisClient, redisStreams, type StreamSignal } from '../../src/index.ts'
import { read } from '../../src/streams/tenure-scripts.ts'
import { startServer } from '../world.ts'

const server = await startServer()
const SHARDS = 16
const open: { close(): Promise<void> }[] = []

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
})

/** What a client does with a channel: `deaf` hears nothing of it, `refused` may not listen. */
type Hearing = 'fine' | 'deaf' | 'refused'

/** A client that counts how often something is read, and what is unanswered. */
function counting(hearing: Hearing): { client: RedisClient; counts: { reads: number; unanswered: number } } {
  const counts = { reads: 0, unanswered: 0 }
  const inner = nodeRedis(createClient({ url: server.url }))
  const client: RedisClient = {
    ...inner,
    open(ended) {
      const session = inner.open(ended)
      return {
        ...session,
        async send(command, key) {
          if (command[1] === read.sha) counts.reads++
          counts.unanswered++
          try {
            return await session.send(command, key)
          } finally {
            counts.unanswered--
          }
        },
      }
    },
    subscribe(channel, hear, ended) {
      if (hearing === 'refused') throw new Error('NOPERM this user has no permissions to access the channel')
      return inner.subscribe(channel, hearing === 'deaf' ? () => undefined : hear, ended)
    },
  }
  return { client, counts }
}

async function idleGroup(hearing: Hearing, poll: number, clock?: ManualClock) {
  const namespace = crypto.randomUUID()
  const { client, counts } = counting(hearing)
  const port = createRecordingPort()
  const limits = { poll, lease: 60_000 }
  const streams = redisStreams({
    client,
    namespace,
    group: 'group',
    shards: SHARDS,
    limits,
    ...(clock && { clock }),
  })
  const signals: StreamSignal[] = []
  streams.signals$.subscribe((signal) => void signals.push(signal))
  open.push(await streams.open(port))
  await until(() => counts.reads >= SHARDS, 'each shard was read')
  return { namespace, counts, port, signals }
}

async function publish(namespace: string): Promise<void> {
  const bus = createBus()
  const client = nodeRedis(createClient({ url: server.url }))
  open.push(await bridge(bus, redisStreams({ client, namespace }), { send: ['**'] }))
  bus.publish('a', 1)
  await bus.drain()
}

describe('news in a shard that had none', () => {
  test('is heard of, and not asked for', async () => {
    const { namespace, port, counts } = await idleGroup('fine', 600_000)
    for (let n = 1; n <= 3; n++) {
      await publish(namespace)
      await until(() => port.messages.length === n, 'it is there')
      await until(() => counts.reads === SHARDS + n, 'it was read once')
    }
  })

  test('is not, when nobody listens: who is deaf knows nothing of it', async () => {
    const { namespace, port } = await idleGroup('deaf', 600_000)
    await publish(namespace)
    await expect(until(() => port.messages.length > 0, 'it is there', 300)).rejects.toThrow('still not')
  })

  test('is found a little later when it was not heard', async () => {
    const { namespace, port } = await idleGroup('deaf', 5)
    await publish(namespace)
    await until(() => port.messages.length === 1, 'it is there')
  })

  test('is asked for where listening is not allowed, which is told', async () => {
    const { namespace, port, signals } = await idleGroup('refused', 50)
    expect(signals).toContainEqual({
      type: 'warning',
      detail: expect.stringContaining('the user may not subscribe'),
    })
    await publish(namespace)
    await until(() => port.messages.length === 1, 'it is there')
  })
})

describe('a group without anything to do', () => {
  /** So many reads in a second of its time. */
  async function readsInASecond(hearing: Hearing): Promise<number> {
    const clock = createManualClock()
    const { counts } = await idleGroup(hearing, 50, clock)
    await until(() => counts.unanswered === 0, 'all is answered')
    for (let passed = 0; passed < 1_000; passed += 50) {
      clock.advance(50)
      await setImmediate()
      await until(() => counts.unanswered === 0, 'all is answered')
    }
    return counts.reads - SHARDS
  }

  test('asks once a second for each shard', async () => {
    expect(await readsInASecond('fine')).toBe(SHARDS)
  })

  test('asks twenty times as often where it can not listen', async () => {
    expect(await readsInASecond('refused')).toBe(20 * SHARDS)
  })
})
