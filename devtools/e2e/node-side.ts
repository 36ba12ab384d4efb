import { bridge, type Bus, createBus } from '@heliobus/core'
import { createHub } from '@heliobus/websocket/hub'
import { exposeTap, type ExposeOptions } from '@heliobus/websocket/tap'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { Socket } from 'node:net'

/** A Node process with a hub and a bus whose tap is exposed: to whoever has the token `right`. */
export interface NodeSide {
  readonly bus: Bus
  readonly port: number
  /** Takes no connections and cuts those that there are, until the returned function is called. */
  cut(): () => void
  close(): Promise<void>
}

/** The handlers of its bus: an order that was created is paid, and the mail for it fails. */
export async function startNodeSide(
  origins: readonly string[],
  port = 0,
  options: Partial<ExposeOptions> = {},
): Promise<NodeSide> {
  const bus = createBus({ source: 'server', logger: { log: () => undefined } })
  bus.subscribe(
    'order.created',
    async ({ data }, { publish }) => {
      await new Promise((resolve) => setTimeout(resolve, 12))
      publish('order.paid', { order: data, api_key: 'k-123', method: 'card' })
    },
    { name: 'payment' },
  )
  bus.subscribe('order.paid', () => {}, { name: 'ledger' })
  bus.subscribe(
    'mail.requested',
    () => {
      throw new Error('SMTP: 421 service not available')
    },
    { name: 'mailer' },
  )
  const hub = createHub({
    origins,
    authenticate: () => ({ id: 'page' }),
    authorize: () => ({ publish: ['**'], subscribe: ['**'] }),
  })
  const tap = exposeTap(bus, { origins, authorize: (_, { token }) => token === 'right', ...options })
  await bridge(bus, hub, { send: ['order.paid'] })

  const server = createServer((_, response) => response.writeHead(404).end())
  const sockets = new Set<Socket>()
  let isCut = false
  server.on('connection', (socket) => {
    if (isCut) socket.destroy()
    else sockets.add(socket)
  })
  hub.attach(server, '/bus')
  tap.attach(server, '/tap')
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('the server listens on no port')
  return {
    bus,
    port: address.port,
    cut() {
      isCut = true
      for (const socket of sockets) socket.destroy()
      sockets.clear()
      return () => (isCut = false)
    },
    async close() {
      tap.close()
      await hub.close({ timeout: 100 })
      await bus.close()
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
