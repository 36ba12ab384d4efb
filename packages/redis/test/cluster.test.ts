import {
  createRecordingPort,
  declareContract,
  transportContract,
  type TransportSubject,
  until,
} from '@heliobus/testing'
import { describe, expect, test } from 'vitest'
import { redisPubSub } from '../src/index.ts'
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
})
