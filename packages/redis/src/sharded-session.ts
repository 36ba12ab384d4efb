import type { RedisSession } from './client.ts'

/**
 * A sharded channel lives on one node of a cluster: asks the cluster which, and goes on with a session at that node alone.
 * When the channel moves, that session ends, and the next one finds its new place.
 */
export function shardedSession(
  cluster: RedisSession,
  channel: string,
  connectTo: (slot: number) => Promise<RedisSession>,
): RedisSession {
  let current = cluster
  let isOver = false
  const follow = async (): Promise<void> => {
    await cluster.ready
    const node = await connectTo(Number(await cluster.send(['CLUSTER', 'KEYSLOT', channel])))
    cluster.end()
    current = node
    if (isOver) node.end()
    await node.ready
  }
  return {
    ready: follow(),
    send: (command, key) => current.send(command, key),
    end() {
      isOver = true
      current.end()
    },
  }
}
