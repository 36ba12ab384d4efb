import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'

export interface GateOptions {
  /** The largest frame that is read, in bytes. */
  readonly maxBytes: number
  readonly hasRoom: () => boolean
  readonly enter: (socket: WebSocket, request: IncomingMessage) => void
}

/** Where HTTP becomes WebSocket. */
export class Gate {
  readonly #options: GateOptions
  readonly #server: WebSocketServer
  readonly #attached = new Set<() => void>()

  constructor(options: GateOptions) {
    this.#options = options
    this.#server = new WebSocketServer({
      noServer: true,
      maxPayload: options.maxBytes,
      perMessageDeflate: false, // it costs memory for every connection, and tells secrets by their length
      clientTracking: false,
    })
  }

  /** Answers what asks for `path`, and leaves the rest alone. The returned function undoes it. */
  attach(server: Server, path: string): () => void {
    const listen = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
      if (pathOf(request) === path) this.upgrade(request, socket, head)
      else if (server.listenerCount('upgrade') === 1) refuse(socket, '404 Not Found')
    }
    const detach = (): void => {
      server.off('upgrade', listen)
      this.#attached.delete(detach)
    }
    server.on('upgrade', listen)
    this.#attached.add(detach)
    return detach
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => undefined) // a client that is gone already
    if (!this.#options.hasRoom()) return refuse(socket, '503 Service Unavailable')
    this.#server.handleUpgrade(request, socket, head, (open) => this.#options.enter(open, request))
  }

  detach(): void {
    for (const detach of this.#attached) detach()
  }
}

function pathOf({ url = '/' }: IncomingMessage): string {
  return url.split('?', 1)[0]!
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
