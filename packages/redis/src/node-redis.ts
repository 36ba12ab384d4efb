import type { RedisClient, RedisSession } from './client.ts'
import { shardedSession } from './sharded-session.ts'

/** The part of a client of node-redis that is used: what `createClient` makes. */
export interface NodeRedisClient {
  readonly options: { readonly socket?: object | undefined }
  duplicate(overrides: object): NodeRedisClient
  connect(): Promise<unknown>
  sendCommand(command: readonly string[]): Promise<unknown>
  subscribe(channel: string, listener: (message: string) => void): Promise<unknown>
  sSubscribe(channel: string, listener: (message: string) => void): Promise<unknown>
  on(event: string, listener: (detail: unknown) => void): unknown
  destroy(): void
}

/** The part of a cluster of node-redis that is used: what `createCluster` makes. */
export interface NodeRedisCluster {
  readonly slots: readonly { readonly master: object }[]
  duplicate(overrides: object): NodeRedisCluster
  connect(): Promise<unknown>
  sendCommand(key: string | undefined, isReadonly: boolean, command: string[]): Promise<unknown>
  nodeClient(node: object): Promise<NodeRedisClient>
  on(event: string, listener: (detail: unknown) => void): unknown
  destroy(): void
}

type Ended = (reason: unknown) => void

/**
 * node-redis 6. What is given is not used but copied, with its address, credentials and TLS, for connections of our own;
 * it need not be connected.
 *
 * @example
 * nodeRedis(createClient({ url: 'redis://localhost:6379' }))
 */
export function nodeRedis(client: NodeRedisClient | NodeRedisCluster): RedisClient {
  return 'nodeClient' in client ? ofCluster(client) : ofServer(client)
}

function ofServer(client: NodeRedisClient): RedisClient {
  return {
    name: 'node-redis',
    isCluster: false,
    open(ended) {
      const own = copyOf(client, ended)
      return sessionOf(own, own.connect())
    },
    subscribe(channel, hear, ended) {
      const own = copyOf(client, ended)
      const subscribed = own.connect().then(() => own.subscribe(channel, hear))
      return sessionOf(own, subscribed)
    },
  }
}

function ofCluster(cluster: NodeRedisCluster): RedisClient {
  return {
    name: 'node-redis cluster',
    isCluster: true,
    open: () => clusterSession(copyOfCluster(cluster)),
    subscribe(channel, hear, ended) {
      const guide = copyOfCluster(cluster)
      return shardedSession(clusterSession(guide), channel, async (slot) => {
        const own = copyOf(await guide.nodeClient(guide.slots[slot]!.master), ended)
        own.on('sharded-channel-moved', () => ended(new Error('the channel has moved to another node')))
        const subscribed = own.connect().then(() => own.sSubscribe(channel, hear))
        return sessionOf(own, subscribed)
      })
    },
  }
}

/** The connection over them sees to it that commands are answered in time. By itself node-redis has a timer for each. */
const common = { RESP: 2, keyPrefix: undefined, commandOptions: { timeout: undefined } }

function copyOf(client: NodeRedisClient, ended: Ended): NodeRedisClient {
  const own = client.duplicate({
    ...common,
    maintNotifications: 'disabled',
    disableOfflineQueue: true,
    socket: { ...client.options.socket, reconnectStrategy: false },
  })
  own.on('error', ended)
  own.on('end', ended)
  return own
}

function sessionOf(client: NodeRedisClient, ready: Promise<unknown>): RedisSession {
  return { ready, send: (command) => client.sendCommand(command), end: () => client.destroy() }
}

function copyOfCluster(cluster: NodeRedisCluster): NodeRedisCluster {
  const own = cluster.duplicate({ ...common, minimizeConnections: true })
  own.on('error', () => undefined) // of one node: commands that it doesn't answer fail by themselves
  return own
}

function clusterSession(cluster: NodeRedisCluster): RedisSession {
  return {
    ready: cluster.connect(),
    send: (command, key) => cluster.sendCommand(key, false, [...command]),
    end: () => cluster.destroy(),
  }
}
