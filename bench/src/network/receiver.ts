// Runs in a thread: connects clients to a server, counts what arrives, and takes the time it took.
import { bridge, createBus, type Transport } from '@heliobus/core'
import { nodeRedis, redisPubSub } from '@heliobus/redis'
import { webSocket } from '@heliobus/websocket'
import { once } from 'node:events'
import { parentPort } from 'node:worker_threads'
import { createClient } from 'redis'
import { io } from 'socket.io-client'
import { WebSocket } from 'ws'
import { CHANNEL } from './redis.ts'

export type CarrierName = 'ws' | 'heliobus' | 'socket.io' | 'node-redis' | 'heliobus over Redis'

/** `clients` that count, or one with a bus: how heliobus is used. */
export type Order =
  | { readonly do: 'connect'; readonly carrier: CarrierName; readonly url: string; readonly clients: number }
  | { readonly do: 'count'; readonly count: number }

export type Report = { readonly is: 'ready' } | { readonly is: 'all'; readonly latencies: readonly number[] }

interface Event {
  readonly data: { readonly at: number }
}

let missing = 0
let latencies: number[] = []

function report(what: Report): void {
  parentPort!.postMessage(what)
}

function arrived({ data: { at } }: Event): void {
  count(at)
}

function count(at: number): void {
  if (at > 0) latencies.push(performance.timeOrigin + performance.now() - at)
  if (--missing === 0) report({ is: 'all', latencies })
}

const connect: Readonly<Record<CarrierName, (url: string, hasBus: boolean) => Promise<unknown>>> = {
  ws(url) {
    const socket = new WebSocket(url)
    socket.on('message', (text: Buffer) => arrived(JSON.parse(text.toString())))
    return once(socket, 'open')
  },
  heliobus: (url, hasBus) => (hasBus ? joinBus(webSocket(url, { WebSocket })) : joinByHand(url)),
  'socket.io'(url) {
    const socket = io(url, { transports: ['websocket'], forceNew: true })
    socket.on('order.placed', arrived)
    return new Promise((resolve) => socket.on('connect', () => resolve(undefined)))
  },
  async 'node-redis'(url) {
    const client = await createClient({ url }).connect()
    await client.subscribe(CHANNEL, (text) => arrived(JSON.parse(text)))
  },
  'heliobus over Redis': (url) =>
    joinBus(redisPubSub({ client: nodeRedis(createClient({ url })), namespace: CHANNEL })),
}

async function joinBus(transport: Transport): Promise<void> {
  const bus = createBus()
  bus.subscribe('order.placed', ({ data }) => count(Number(Reflect.get(Object(data), 'at'))))
  await bridge(bus, transport, { send: [] })
}

/** Speaks the protocol, and does as little with an event as the client of `ws` above. */
function joinByHand(url: string): Promise<void> {
  const socket = new WebSocket(url)
  let unacknowledged = 0
  const say = (frame: object): void => socket.send(JSON.stringify(frame))
  socket.on('open', () => say({ type: 'hello', version: 1, session: crypto.randomUUID() }))
  return new Promise((resolve) => {
    socket.on('message', (text: Buffer) => {
      const frame = JSON.parse(text.toString())
      if (frame.type === 'events') {
        for (const event of frame.events) arrived(event)
        unacknowledged += frame.events.length
        if (unacknowledged >= 128) say({ type: 'ack', offset: frame.offset })
        if (unacknowledged >= 128) unacknowledged = 0
      } else if (frame.type === 'ping') say({ type: 'pong' })
      else if (frame.type === 'welcome') {
        say({ type: 'want', patterns: ['order.placed'] })
        resolve()
      }
    })
  })
}

async function connectAll({ carrier, url, clients }: Order & { readonly do: 'connect' }): Promise<void> {
  for (let client = 0; client < clients; client++) await connect[carrier](url, clients === 1)
  report({ is: 'ready' })
}

parentPort!.on('message', (order: Order) => {
  if (order.do === 'connect') {
    void connectAll(order)
    return
  }
  missing = order.count
  latencies = []
  report({ is: 'ready' })
})
