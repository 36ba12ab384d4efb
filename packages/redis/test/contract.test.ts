import { declareContract, transportContract, type TransportSubject } from '@heliobus/testing'
import { describe, test } from 'vitest'
import { redisPubSub } from '../src/index.ts'
import { clients, someServer } from './world.ts'

const url = await someServer()

describe.each(clients)('the transport contract over Redis pub/sub, with %s', (_, clientOf) => {
  const transport = (namespace: string) => redisPubSub({ client: clientOf(url), namespace })
  const subject: TransportSubject = {
    traits: transport('any').traits,
    async peers() {
      const namespace = crypto.randomUUID()
      return [transport(namespace), transport(namespace), transport(namespace)]
    },
  }
  declareContract(transportContract, subject, test)
})
