import { bridge, createBus } from '@heliobus/core'
import { nodeRedis, redisStreams } from '@heliobus/redis'
import { Worker } from 'bullmq'
import { setTimeout } from 'node:timers/promises'
import { createClient } from 'redis'
import { type Bare, connectBare } from './bare.ts'
import { COUNT, FIELD, GROUP, NAMESPACE, SHARDS, type Side, streams } from './side.ts'

/** Hears when an event was sent. */
export type Handle = (at: number) => void

/** What handles and acknowledges. */
export interface Taker {
  /** Resolves when all that was handled is acknowledged. */
  settled(): Promise<void>
  close(): Promise<void>
}

interface Event {
  readonly data: { readonly at: number }
}

type Entries = readonly (readonly [id: string, fields: readonly string[]])[]
type Reply = readonly (readonly [stream: string, entries: Entries])[] | null

export const takers: Readonly<Record<Side, (url: string, handle: Handle) => Promise<Taker>>> = {
  async 'node-redis'(url, handle) {
    const client = await connectBare(url)
    await Promise.all(streams.map((stream) => found(client, stream)))
    const acknowledged = new Set<Promise<unknown>>()
    const take = (stream: string, entries: Entries): void => {
      for (const [, fields] of entries) {
        const event: Event = JSON.parse(fields[fields.indexOf(FIELD) + 1]!)
        handle(event.data.at)
      }
      const done = client.sendCommand(['XACK', stream, GROUP, ...entries.map(([id]) => id)])
      acknowledged.add(done)
      void done.then(() => acknowledged.delete(done))
    }
    const group = ['XREADGROUP', 'GROUP', GROUP, 'one', 'COUNT', String(COUNT), 'BLOCK', '100']
    const command = [...group, 'STREAMS', ...streams, ...streams.map(() => '>')]
    const read = (): Promise<Reply> => client.sendCommand(command)
    const over = { isOver: false }
    const running = (async () => {
      while (!over.isOver) for (const [stream, entries] of (await read()) ?? []) take(stream, entries)
    })()
    return {
      settled: () => Promise.all(acknowledged).then(() => undefined),
      async close() {
        over.isOver = true
        await running
        client.destroy()
      },
    }
  },

  async heliobus(url, handle) {
    const bus = createBus()
    bus.subscribe('order.placed', ({ data }) => handle(Number(Reflect.get(Object(data), 'at'))))
    const client = nodeRedis(createClient({ url }))
    const group = redisStreams({ client, namespace: NAMESPACE, shards: SHARDS, group: GROUP })
    const joined = await bridge(bus, group, { send: [] })
    return {
      async settled() {
        while (group.status().shards.some(({ inFlight }) => inFlight > 0)) await setTimeout(1)
      },
      async close() {
        await joined.close() // its shards are free for the next round
        await bus.close()
      },
    }
  },

  async BullMQ(url, handle) {
    const { hostname: host, port } = new URL(url)
    const connection = { host, port: Number(port) }
    const jobs = { begun: 0, completed: 0 }
    const work = async ({ data }: { readonly data: Event['data'] }): Promise<void> => {
      jobs.begun++
      handle(data.at)
    }
    const worker = new Worker(NAMESPACE, work, { connection, concurrency: 100 })
    worker.on('completed', () => jobs.completed++)
    await worker.waitUntilReady()
    return {
      async settled() {
        while (jobs.completed < jobs.begun) await setTimeout(1)
      },
      close: () => worker.close(),
    }
  },
}

async function found(client: Bare, stream: string): Promise<void> {
  await client.sendCommand(['XGROUP', 'CREATE', stream, GROUP, '0', 'MKSTREAM']).catch(() => undefined) // it is there
}
