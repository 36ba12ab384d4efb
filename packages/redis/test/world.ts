import { Redis } from 'ioredis'
import { createClient } from 'redis'
import { afterAll } from 'vitest'
import { RedisServer } from '../../../scripts/redis-server.mjs'
import { ioRedis, nodeRedis, type RedisClient } from '../src/index.ts'

/** Both client libraries: what is promised holds over either. */
export const clients: readonly (readonly [name: string, of: (url: string) => RedisClient])[] = [
  ['node-redis', (url) => nodeRedis(createClient({ url }))],
  ['ioredis', (url) => ioRedis(new Redis(url, { lazyConnect: true }))],
]

/** A server of the test file's own, which is removed after its last test. */
export async function startServer(settings?: Readonly<Record<string, string>>): Promise<RedisServer> {
  const server = await RedisServer.create(settings)
  afterAll(() => server.remove())
  return server
}
