import type { WireEvent } from '@heliobus/core'
import {
  createRecordingPort,
  declareContract,
  transportContract,
  type TransportSubject,
  until,
} from '@heliobus/testing'
import { describe, expect, test } from 'vitest'
import { type RedisClient, redisPubSub } from '../src/index.ts'
import { sabotaged } from './faults/sabotage.ts'
import { clusterClients, startCluster } from './world.ts'

const cluster = await startCluster()

describe.each(clusterClients)('over a Redis Cluster, with %s', (_, clientOf) => {
  const transport = (namespace: string) => redisPubSub({ client: clientOf(cluster.urls), namespace })

  describe('the transport contract', () => {
    const subject: TransportSubject = {
      traits: transport('any').traits,
      async peers() {
        const namespace = crypto.randomUUID()
        return [transport(namespace), transport(namespace), transport(namespace)]
      },
    }
    declareContract(transportContract, subject, test)
  })

  test('when the node of the channel dies, a replica takes over, a gap is told, and events flow again', async () => {
    await failover(clientOf(cluster.urls))
  }, 60_000)
})

test('a client that comes back without a subscription fails the test of a node that dies', async () => {
  const [[, clientOf]] = clusterClients as [(typeof clusterClients)[number]]
  await expect(failover(sabotaged(clientOf(cluster.urls), 'deaf'))).rejects.toThrow('an event arrives again')
}, 60_000)

async function failover(client: RedisClient): Promise<void> {
  const namespace = crypto.randomUUID()
  const transport = redisPubSub({ client, namespace })
  const [port, other] = [createRecordingPort(), createRecordingPort()]
  const [link, sender] = [await transport.open(port), await transport.open(other)]
  await sender.send([sampleEvent('before')])
  await until(() => port.messages.length === 1, 'an event arrives')

  const master = await cluster.masterOf(`heliobus:1:${namespace}`)
  await master.kill()
  try {
    await until(() => port.statuses.at(-1) === 'open', 'the link is open again', 20_000)
    expect(port.statuses[0]).toBe('lost')
    expect(port.gaps).toEqual([{ reason: 'the link was lost', missing: undefined }])
    const end = performance.now() + 5_000
    while (port.messages.length === 1 && performance.now() < end)
      await Promise.resolve(sender.send([sampleEvent('after')])).catch(() => undefined)
    await until(() => port.messages.length > 1, 'an event arrives again', 1)
  } finally {
    await Promise.all([link.close(), sender.close()])
    await master.start()
    await cluster.whenWhole()
  }
}

function sampleEvent(id: string): WireEvent {
  return {
    specversion: '1.0',
    id,
    source: 'test',
    type: 'test',
    time: '2001-02-03T04:05:06Z',
    datacontenttype: 'application/json',
    correlationid: id,
    schemaversion: 1,
    origin: 'test',
    hops: 0,
  }
}
