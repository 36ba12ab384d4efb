import { bridge, createBus } from '@heliobus/core'
import { nodeRedis, redisPubSub } from '@heliobus/redis'
import { createHub } from '@heliobus/websocket/hub'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { createClient } from 'redis'
import { Server as SocketIo } from 'socket.io'
import { WebSocketServer } from 'ws'
import type { CarrierName } from './receiver.ts'
import { CHANNEL, startRedis } from './redis.ts'

const TOPIC = 'order.placed'

/** What `at` holds is when it was sent, in ms: latency is measured with it. */
export function order(at: number): object {
  return {
    order: 'o-20931',
    customer: 'u-1187',
    total: 129.5,
    currency: 'EUR',
    lines: [3, 14, 15, 92],
    gift: false,
    at,
  }
}

/** A server that sends events to everybody who is connected. */
export interface Carrier {
  readonly url: string
  send(data: object): void
  close(): Promise<void>
}

/** What a small message around the same data would be. */
function envelopes(): (data: object) => string {
  let id = 0
  return (data) => JSON.stringify({ id: `${id++}`, type: TOPIC, time: Date.now(), source: 'bench', data })
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

function end(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}

export const carriers: Readonly<Record<CarrierName, () => Promise<Carrier>>> = {
  async ws() {
    const http = createServer()
    const server = new WebSocketServer({ server: http, perMessageDeflate: false })
    const envelope = envelopes()
    const port = await listen(http)
    return {
      url: `ws://127.0.0.1:${port}`,
      send(data) {
        const text = envelope(data)
        for (const socket of server.clients) socket.send(text)
      },
      async close() {
        for (const socket of server.clients) socket.terminate()
        await end(http)
      },
    }
  },

  async heliobus() {
    const http = createServer()
    const hub = createHub({
      origins: [],
      allowNoOrigin: true,
      authenticate: () => ({ id: 'bench' }),
      authorize: () => ({ publish: [], subscribe: ['**'] }),
      limits: { connectionsPerPrincipal: 1_000 },
    })
    hub.attach(http)
    const bus = createBus({ source: 'bench' })
    await bridge(bus, hub, { send: ['**'] })
    const port = await listen(http)
    return {
      url: `ws://127.0.0.1:${port}`,
      send: (data) => void bus.publish(TOPIC, data),
      async close() {
        await bus.close()
        await hub.close()
        await end(http)
      },
    }
  },

  async 'socket.io'() {
    const http = createServer()
    const server = new SocketIo(http, { transports: ['websocket'], perMessageDeflate: false })
    const port = await listen(http)
    return {
      url: `http://127.0.0.1:${port}`,
      send: (data) => void server.emit(TOPIC, { id: '1', time: Date.now(), source: 'bench', data }),
      async close() {
        await server.close()
      },
    }
  },

  async 'node-redis'() {
    const server = await startRedis()
    const client = await createClient({ url: server.url }).connect()
    const envelope = envelopes()
    return {
      url: server.url,
      send: (data) => void client.publish(CHANNEL, envelope(data)),
      async close() {
        client.destroy()
        await server.remove()
      },
    }
  },

  async 'heliobus over Redis'() {
    const server = await startRedis()
    const bus = createBus({ source: 'bench' })
    const client = nodeRedis(createClient({ url: server.url }))
    await bridge(bus, redisPubSub({ client, namespace: CHANNEL }), { send: ['**'] })
    return {
      url: server.url,
      send: (data) => void bus.publish(TOPIC, data),
      async close() {
        await bus.close()
        await server.remove()
      },
    }
  },
}
