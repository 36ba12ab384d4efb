import type { WireEvent } from '@heliobus/core'
import {
  createRecordingPort,
  declareContract,
  transportContract,
  type TransportSubject,
  until,
} from '@heliobus/testing'
import { describe, expect, test } from 'vitest'
import { type RedisClient, redisStreams } from '../../src/index.ts'
import { clusterClients, startCluster } from '../world.ts'

const cluster = await startCluster()

describe.each(clusterClients)('Redis Streams over a Redis Cluster, with %s', (_, clientOf) => {
  const client = clientOf(cluster.urls)
  const transport = (namespace: string, group: string) =>
    redisStreams({ client, namespace, group, shards: 4, limits: { poll: 10 } })

  describe('the transport contract', () => {
    const subject: TransportSubject = {
      traits: transport('any', 'any').traits,
      async peers() {
        const namespace = crypto.randomUUID()
        return [transport(namespace, 'one'), transport(namespace, 'two'), transport(namespace, 'three')]
      },
    }
    declareContract(transportContract, subject, test)
  })

  test('when the node of a shard dies, a replica takes over, and the group goes on', async () => {
    await failover(client)
  }, 60_000)
})

async function failover(client: RedisClient): Promise<void> {
  const namespace = crypto.randomUUID()
  const common = { client, namespace, shards: 4, limits: { poll: 10, lease: 2_000 } }
  const port = createRecordingPort()
  const link = await redisStreams({ ...common, group: 'work' }).open(port)
  const sender = await redisStreams(common).open(createRecordingPort())
  const has = (event: WireEvent) =>
    port.messages.some((message) => Reflect.get(Object(message), 'id') === event.id)
  const first = eventsOfEveryShard()
  await sender.send(first)
  await until(() => first.every(has), 'the first are handled')

  const master = await cluster.masterOf(`${namespace}:{s00}:log`)
  await master.kill()
  try {
    const second = eventsOfEveryShard()
    await sender.send(second)
    await until(() => second.every(has), 'the second are handled', 20_000)
    expect(port.messages.length).toBeGreaterThanOrEqual(first.length + second.length)
  } finally {
    await master.start()
    await cluster.whenWhole()
    await Promise.all([link.close(), sender.close()])
  }
}

function eventsOfEveryShard(): WireEvent[] {
  return Array.from({ length: 40 }, (_, n) => {
    const id = crypto.randomUUID()
    return {
      specversion: '1.0',
      id,
      source: 'test',
      type: 'a.b',
      time: '2001-02-03T04:05:06.789Z',
      datacontenttype: 'application/json',
      partitionkey: `k${n}`,
      correlationid: id,
      schemaversion: 1,
      origin: 'test',
      hops: 0,
    }
  })
}
