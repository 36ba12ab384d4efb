// Runs in a process of its own: answers whatever it hears of greetings.
import { bridge, createBus } from '@heliobus/core'
import { Redis } from 'ioredis'
import { createClient } from 'redis'
import { ioRedis, nodeRedis, redisPubSub } from '../src/index.ts'

const [, , url = '', namespace = '', library = ''] = process.argv
const client =
  library === 'ioredis' ? ioRedis(new Redis(url, { lazyConnect: true })) : nodeRedis(createClient({ url }))

const bus = createBus({ source: library })
bus.subscribe('greeting.*', ({ type, data }) => {
  bus.publish('answer.given', { pid: process.pid, heard: type, data })
})
bus.subscribe('talk.over', () => void bus.close())
await bridge(bus, redisPubSub({ client, namespace }), { send: ['answer.*'] })
bus.publish('answer.ready', { pid: process.pid })
