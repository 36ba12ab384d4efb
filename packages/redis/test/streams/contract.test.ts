import { declareContract, transportContract, type TransportSubject } from '@heliobus/testing'
import { describe, test } from 'vitest'
import { redisStreams } from '../../src/index.ts'
import { clients, startServer } from '../world.ts'

const { url } = await startServer()

describe.each(clients)('the transport contract over Redis Streams, with %s', (_, clientOf) => {
  const transport = (namespace: string, group: string) =>
    redisStreams({ client: clientOf(url), namespace, group, shards: 4, limits: { poll: 10 } })
  const subject: TransportSubject = {
    traits: transport('any', 'any').traits,
    async peers() {
      const namespace = crypto.randomUUID()
      return [transport(namespace, 'one'), transport(namespace, 'two'), transport(namespace, 'three')]
    },
  }
  declareContract(transportContract, subject, test)
})
