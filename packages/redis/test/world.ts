import { Cluster, Redis } from 'ioredis'
import { createClient, createCluster } from 'redis'
import { afterAll } from 'vitest'
import { RedisCluster } from '../../../scripts/redis-cluster.mjs'
import { RedisServer } from '../../../scripts/redis-server.mjs'
import { ioRedis, nodeRedis, type RedisClient } from '../src/index.ts'

/** Both client libraries: what is promised holds over either. */
export const clients: readonly (readonly [name: string, of: (url: string) => RedisClient])[] = [
  ['node-redis', (url) => nodeRedis(createClient({ url }))],
  ['ioredis', (url) => ioRedis(new Redis(url, { lazyConnect: true }))],
]

/** A server that others may use, too: the one that `REDIS_URL` names, or else a new one. */
export async function someServer(): Promise<string> {
  return process.env['REDIS_URL'] ?? (await startServer()).url
}

/** A server of the test file's own, which is removed after its last test. */
export async function startServer(settings?: Readonly<Record<string, string>>): Promise<RedisServer> {
  const server = await RedisServer.create(settings)
  afterAll(() => server.remove())
  return server
}

/** The same for a cluster, of which some addresses are known. */
export const clusterClients: readonly (readonly [
  name: string,
  of: (urls: readonly string[]) => RedisClient,
])[] = [
  ['node-redis', (urls) => nodeRedis(createCluster({ rootNodes: urls.map((url) => ({ url })) }))],
  ['ioredis', (urls) => ioRedis(new Cluster([...urls], { lazyConnect: true }))],
]

/** A cluster of the test file's own, which is removed after its last test. */
export async function startCluster(): Promise<RedisCluster> {
  const cluster = await RedisCluster.create()
  afterAll(() => cluster.remove())
  return cluster
}
