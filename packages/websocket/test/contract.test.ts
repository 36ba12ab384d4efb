import { reconnecting, type Transport } from '@heliobus/core'
import { declareContract, transportContract, type TransportSubject } from '@heliobus/testing'
import { afterAll, describe, expect, test } from 'vitest'
import { memoryOutbox } from './memory-outbox.ts'
import { client, createWorld, type World } from './world.ts'

const worlds: World[] = []
afterAll(async () => {
  await Promise.all(worlds.map((world) => world.close()))
})

async function newWorld(): Promise<World> {
  const world = await createWorld({ limits: { eventBytes: 2_000_000 } })
  worlds.push(world)
  return world
}

const traits = client('ws://anywhere').traits

describe('the transport contract over a hub and three clients', () => {
  const subject: TransportSubject = {
    traits,
    async peers() {
      const { url } = await newWorld()
      return [client(url), client(url), client(url)]
    },
  }
  declareContract(transportContract, subject, test)
})

describe('the transport contract over a hub with a bus of its own and two clients', () => {
  const subject: TransportSubject = {
    traits: { ...traits, durable: false },
    async peers() {
      const { hub, url } = await newWorld()
      return [hub, client(url), client(url)]
    },
  }
  declareContract(transportContract, subject, test)
})

describe('the transport contract over a client and two buses of the hub', () => {
  const subject: TransportSubject = {
    traits: { ...traits, durable: false },
    async peers() {
      const { hub, url } = await newWorld()
      return [client(url), hub, hub]
    },
  }
  declareContract(transportContract, subject, test)
})

describe('the transport contract over a hub whose links come back, and two clients, which do so by themselves', () => {
  const subject: TransportSubject = {
    traits: { ...traits, durable: false },
    async peers() {
      const { hub, url } = await newWorld()
      const own = client(url)
      expect(reconnecting(own)).toBe(own)
      return [reconnecting(hub), reconnecting(own), reconnecting(client(url))]
    },
  }
  declareContract(transportContract, subject, test)
})

describe('the transport contract over a hub and three clients with an outbox of their own', () => {
  const subject: TransportSubject = {
    traits,
    async peers() {
      const { url } = await newWorld()
      const one = (): Transport => client(url, { outbox: memoryOutbox() })
      return [one(), one(), one()]
    },
  }
  declareContract(transportContract, subject, test)
})
