import type { RedisClient, RedisSession } from './client.ts'
import { shardedSession } from './sharded-session.ts'

/** The part of a client of ioredis that is used: `new Redis()`. */
export interface IoRedisClient {
  readonly options: { readonly host?: string | undefined; readonly port?: number | undefined }
  duplicate(overrides: object): IoRedisClient
  connect(): Promise<unknown>
  call(command: string, ...rest: string[]): Promise<unknown>
  subscribe(channel: string): Promise<unknown>
  ssubscribe(channel: string): Promise<unknown>
  on(event: string, listener: (first: unknown, second: unknown) => void): unknown
  disconnect(): void
}

/** The part of a cluster of ioredis that is used: `new Redis.Cluster()`. */
export interface IoRedisCluster {
  readonly options: { readonly redisOptions?: object | undefined }
  /** By slot: the nodes that have it, the master first. */
  readonly slots: readonly (readonly string[])[]
  duplicate(nodes: never[], overrides: object): IoRedisCluster
  connect(): Promise<unknown>
  call(command: string, ...rest: string[]): Promise<unknown>
  nodes(role: 'master'): readonly IoRedisClient[]
  on(event: string, listener: (detail: unknown) => void): unknown
  disconnect(): void
}

type Ended = (reason: unknown) => void

/**
 * ioredis 6. What is given is not used but copied, with its address, credentials and TLS, for connections of our own; make
 * it with `lazyConnect: true` when nothing else uses it.
 *
 * @example
 * ioRedis(new Redis('redis://localhost:6379', { lazyConnect: true }))
 */
export function ioRedis(client: IoRedisClient | IoRedisCluster): RedisClient {
  return 'nodes' in client ? ofCluster(client) : ofServer(client)
}

function ofServer(client: IoRedisClient): RedisClient {
  return {
    name: 'ioredis',
    isCluster: false,
    open(ended) {
      const { own, ready } = copyOf(client, ended)
      return sessionOf(own, ready)
    },
    subscribe(channel, hear, ended) {
      const { own, ready } = copyOf(client, ended)
      own.on('message', (_, message) => hear(String(message)))
      const subscribed = ready.then(() => own.subscribe(channel))
      return sessionOf(own, subscribed)
    },
  }
}

function ofCluster(cluster: IoRedisCluster): RedisClient {
  return {
    name: 'ioredis cluster',
    isCluster: true,
    open: (ended) => clusterSession(copyOfCluster(cluster, ended)),
    subscribe(channel, hear, ended) {
      const guide = copyOfCluster(cluster, () => undefined)
      return shardedSession(clusterSession(guide), channel, async (slot) => {
        const { own, ready } = copyOf(masterOf(guide, slot), ended)
        own.on('smessage', (_, message) => hear(String(message)))
        own.on('moved', () => ended(new Error('the channel has moved to another node')))
        const subscribed = ready.then(() => own.ssubscribe(channel))
        return sessionOf(own, subscribed)
      })
    },
  }
}

/** Ours neither come back nor keep or send anything again: the connection over them does what it takes. */
const common = {
  protocol: 2,
  autoResubscribe: false,
  autoResendUnfulfilledCommands: false,
  enableAutoPipelining: false,
  maxRetriesPerRequest: null,
  disconnectTimeout: 0, // a socket that is given up is not waited for
}

function copyOf(
  client: IoRedisClient,
  ended: Ended,
): { readonly own: IoRedisClient; readonly ready: Promise<unknown> } {
  const own = client.duplicate({
    ...common,
    keyPrefix: '',
    lazyConnect: true,
    enableOfflineQueue: false,
    enableReadyCheck: false, // a right to INFO is not needed: whether Redis is ready is asked over either client
    retryStrategy: null,
  })
  own.on('error', ended) // says why; what follows only says that it is over
  own.on('end', () => ended(new Error('the connection was closed')))
  return { own, ready: own.connect() }
}

function sessionOf(client: IoRedisClient, ready: Promise<unknown>): RedisSession {
  return { ready, send: (command) => client.call(...command), end: () => client.disconnect() }
}

function copyOfCluster(cluster: IoRedisCluster, ended: Ended): IoRedisCluster {
  const redisOptions = { ...cluster.options.redisOptions, ...common, keyPrefix: '' }
  const own = cluster.duplicate([], { keyPrefix: '', lazyConnect: true, redisOptions })
  own.on('error', () => undefined) // then it tries again, or ends
  own.on('end', () => ended(new Error('no node of the cluster can be reached')))
  return own
}

function clusterSession(cluster: IoRedisCluster): RedisSession {
  return {
    ready: cluster.connect(),
    send: (command) => cluster.call(...command), // finds the key by itself
    end: () => cluster.disconnect(),
  }
}

function masterOf(cluster: IoRedisCluster, slot: number): IoRedisClient {
  const name = cluster.slots[slot]?.[0]
  const node = cluster.nodes('master').find(({ options: { host, port } }) => `${host}:${port}` === name)
  if (node === undefined) throw new Error(`nobody has slot ${slot}`)
  return node
}
