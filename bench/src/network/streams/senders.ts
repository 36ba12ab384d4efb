import { bridge, createBus } from '@heliobus/core'
import { nodeRedis, redisStreams } from '@heliobus/redis'
import { Queue } from 'bullmq'
import { createClient } from 'redis'
import { order } from '../carriers.ts'
import { connectBare, trim } from './bare.ts'
import { FIELD, NAMESPACE, SHARDS, type Side, streams } from './side.ts'

const TOPIC = 'order.placed'
/** So many orders are on their way at a time: events of one of them stay in order. */
const KEYS = 1_000

/** What publishes, in this process. */
export interface Sender {
  /** `at`: when it was sent, in ms; 0 when nobody asks. */
  send(at: number): void
  /** Sends what is gathered, if the side is one that gathers. */
  flush(): void
  /** Resolves when Redis has confirmed all. */
  confirmed(): Promise<void>
  /** Forgets what was handled, so that no round is slower than the one before. */
  tidy(): Promise<void>
  close(): Promise<void>
}

export const senders: Readonly<Record<Side, (url: string) => Promise<Sender>>> = {
  async 'node-redis'(url) {
    const client = await connectBare(url)
    const envelope = envelopes()
    let sent = 0
    let last: Promise<unknown> = Promise.resolve()
    return {
      send(at) {
        const n = sent++
        last = client.sendCommand(['XADD', streams[n % SHARDS]!, '*', FIELD, envelope(n % KEYS, at)])
      },
      flush: () => undefined,
      confirmed: () => last.then(() => undefined), // answers come in the order of the commands
      tidy: () => trim(client, streams),
      close: async () => client.destroy(),
    }
  },

  async heliobus(url) {
    const bus = createBus({ source: 'bench' })
    const client = nodeRedis(createClient({ url }))
    const transport = redisStreams({ client, namespace: NAMESPACE, shards: SHARDS })
    await bridge(bus, transport, { send: ['**'], outbox: 1_000_000 })
    const eye = await connectBare(url)
    let sent = 0
    return {
      send: (at) => void bus.publish(TOPIC, order(at), { subject: `o-${sent++ % KEYS}` }),
      flush: () => undefined,
      confirmed: () => bus.drain().then(() => undefined),
      async tidy() {
        await trim(eye, await eye.sendCommand<string[]>(['KEYS', `${NAMESPACE}:*:log`]))
        const ids = await eye.sendCommand<string[]>(['KEYS', `${NAMESPACE}:*:dedup:*`])
        await eye.sendCommand(['UNLINK', ...ids, NAMESPACE])
      },
      async close() {
        eye.destroy()
        await bus.close()
      },
    }
  },

  async BullMQ(url) {
    const { hostname: host, port } = new URL(url)
    const queue = new Queue(NAMESPACE, { connection: { host, port: Number(port) } })
    await queue.waitUntilReady()
    const calls: Promise<unknown>[] = []
    let jobs: { name: string; data: object; opts: object }[] = []
    return {
      send: (at) => void jobs.push({ name: TOPIC, data: order(at), opts: { removeOnComplete: true } }),
      flush() {
        calls.push(queue.addBulk(jobs))
        jobs = []
      },
      confirmed: () => Promise.all(calls.splice(0)).then(() => undefined),
      tidy: () => Promise.resolve(),
      close: () => queue.close(),
    }
  },
}

/** Texts as long as those of heliobus, with the same members. */
function envelopes(): (key: number, at: number) => string {
  let id = 0
  const source = 'bench'
  const datacontenttype = 'application/json'
  return (key, at) => {
    const name = `01900000-0000-7000-8000-${String(id++).padStart(12, '0')}`
    return JSON.stringify({
      specversion: '1.0',
      id: name,
      source,
      type: TOPIC,
      subject: `o-${key}`,
      time: new Date().toISOString(),
      datacontenttype,
      data: order(at),
      partitionkey: `o-${key}`,
      correlationid: name,
      schemaversion: 1,
      origin: '01900000-0000-7000-8000-000000000000',
      hops: 0,
    })
  }
}
