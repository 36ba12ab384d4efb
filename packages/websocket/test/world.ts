import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocket } from 'ws'
import { webSocket, type WebSocketOptions } from '../src/client/index.ts'
import { createHub, type Hub, type HubOptions, type Principal } from '../src/hub/index.ts'

/** A hub behind an HTTP server on a free port of this machine. */
export interface World {
  readonly hub: Hub
  readonly server: Server
  readonly port: number
  readonly url: string
  close(): Promise<void>
}

const anybody = { publish: ['**'], subscribe: ['**'] }

/** Lets everybody in, with all rights, unless told otherwise. */
export async function createWorld(options: Partial<HubOptions> = {}, port: number = 0): Promise<World> {
  const hub = createHub<Principal>({
    origins: [],
    allowNoOrigin: true,
    authenticate: (_, { token }) => ({ id: token ?? 'anybody' }),
    authorize: () => anybody,
    ...options,
  })
  const server = createServer((_, response) => response.writeHead(404).end())
  hub.attach(server, '/bus')
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const { port: own } = server.address() as AddressInfo
  return {
    hub,
    server,
    port: own,
    url: urlOf({ port: own }),
    async close() {
      await hub.close({ timeout: 100 })
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Where the hub is, on this port of this machine. */
export function urlOf({ port }: { readonly port: number }): string {
  return `ws://127.0.0.1:${port}/bus`
}

/** A client as Node needs it. */
export function client(url: string, options: WebSocketOptions = {}): ReturnType<typeof webSocket> {
  return webSocket(url, { WebSocket, ...options })
}
