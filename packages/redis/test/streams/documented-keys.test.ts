import { bridge, createBus } from '@heliobus/core'
import { until } from '@heliobus/testing'
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { redisStreams, type StreamSignal } from '../../src/index.ts'
import { clients, startServer } from '../world.ts'

const server = await startServer()
const run = promisify(execFile)

/** What an operator types, and reads. */
async function redisCli(...words: readonly string[]): Promise<string[]> {
  const { stdout } = await run('redis-cli', ['-p', String(server.port), ...words])
  return stdout.split('\n').filter((line) => line !== '')
}

/** The names of keys in the guide, with their types. */
async function documented(): Promise<Map<string, string>> {
  const guide = await readFile(new URL('../../../../docs/guide/redis.md', import.meta.url), 'utf8')
  const rows = guide.matchAll(/^\| `(hb:[^`]+)` \| (\w+) \|/gmu)
  return new Map([...rows].map(([, name = '', type = '']) => [name, type]))
}

/** The name as the guide writes it. */
function named(key: string): string {
  return key
    .replace(/\{s\d\d\}/u, '{s07}')
    .replace(/:dedup:.*/u, ':dedup:<id>')
    .replace(/:(members|lease|fence|dead|parked):group/u, ':$1:<group>')
    .replace(/<group>:.+/u, '<group>:<key>')
}

async function found(): Promise<Map<string, string>> {
  const types = new Map<string, string>()
  for (const key of await redisCli('--scan', '--pattern', 'hb:*')) {
    const [type = ''] = await redisCli('type', key)
    if (type !== 'none') types.set(named(key), type) // it may be gone by now
  }
  return types
}

test('redis-cli shows the keys that the guide documents, and no others', async () => {
  const client = clients[0]![1](server.url)
  const signals: StreamSignal[] = []
  const worker = createBus({ logger: { log: () => undefined } })
  worker.subscribe('bad.**', () => Promise.reject(new Error('no')), { retry: false })
  const streams = redisStreams({
    client,
    group: 'group',
    shards: 2,
    onFailure: { 'bad.blocking': 'block-key' },
  })
  streams.signals$.subscribe((signal) => void signals.push(signal))
  await bridge(worker, streams, { send: [] })
  const bus = createBus()
  await bridge(bus, redisStreams({ client, shards: 2 }), { send: ['**'] })
  bus.publish('bad.egg', 1)
  for (const n of [1, 2]) bus.publish('bad.blocking', n, { subject: 'a' })
  await until(
    () => ['buried', 'blocked'].every((type) => signals.some((one) => one.type === type)),
    'both fail',
  )
  const expected = Object.fromEntries(await documented())
  await expect.poll(async () => Object.fromEntries(await found())).toEqual(expected)
  await Promise.all([bus.close(), worker.close()])
})
