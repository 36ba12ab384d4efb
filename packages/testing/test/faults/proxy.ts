import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

type Direction = 'up' | 'down'

/** One connection through the proxy: the client's side, and the server's. */
interface Pair {
  readonly client: Socket
  readonly server: Socket
  readonly passed: Record<Direction, number>
}

/** A network between client and server that fails as it is told to. `up` is from the client to the server. */
export class Proxy {
  readonly #target: () => number
  readonly #server: Server
  readonly #pairs = new Set<Pair>()
  /** Bytes vanish; nobody is told. */
  readonly swallows = { up: false, down: false }
  /** Bytes are not read: they wait with their sender. */
  #isStuck = false
  /** In ms, each way. */
  latency = 0
  /** Bytes go on one at a time. */
  slices = false
  /** Nobody gets in. */
  isDown = false
  /** The next connection is cut after so many bytes in this direction; then it is as if nothing had been. */
  cutAfter: { readonly direction: Direction; readonly bytes: number } | undefined
  /** Bytes that have passed over connections that have ended or not. */
  readonly passed: Record<Direction, number> = { up: 0, down: 0 }
  connections = 0

  private constructor(target: () => number) {
    this.#target = target
    this.#server = createServer((client) => this.#accept(client))
  }

  /** `target`: the port of the server, asked for each connection. */
  static async to(target: () => number): Promise<Proxy> {
    const proxy = new Proxy(target)
    proxy.#server.listen(0, '127.0.0.1')
    await once(proxy.#server, 'listening')
    return proxy
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  /** Ends every connection: politely, or not. */
  cut(how: 'fin' | 'rst'): void {
    for (const pair of this.#pairs) end(pair, how)
  }

  stick(isStuck: boolean): void {
    this.#isStuck = isStuck
    for (const { server } of this.#pairs) (isStuck ? server.pause : server.resume).call(server)
  }

  async close(): Promise<void> {
    this.cut('rst')
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #accept(client: Socket): void {
    this.connections++
    if (this.isDown) return void client.resetAndDestroy()
    const server = connect(this.#target(), '127.0.0.1')
    const pair: Pair = { client, server, passed: { up: 0, down: 0 } }
    this.#pairs.add(pair)
    const { cutAfter } = this
    this.cutAfter = undefined
    for (const [from, to, direction] of [
      [client, server, 'up'],
      [server, client, 'down'],
    ] as const) {
      from.setNoDelay()
      const limit = cutAfter?.direction === direction ? cutAfter.bytes : Number.POSITIVE_INFINITY
      from.on('data', (chunk) => this.#pass(pair, to, direction, chunk, limit))
      from.on('end', () => this.#later(() => to.end()))
      from.on('error', () => to.resetAndDestroy())
      from.on('close', () => this.#pairs.delete(pair))
    }
    if (this.#isStuck) server.pause()
  }

  #pass(pair: Pair, to: Socket, direction: Direction, chunk: Buffer, limit: number): void {
    if (this.swallows[direction]) return
    const left = limit - pair.passed[direction]
    const bytes = chunk.subarray(0, left)
    pair.passed[direction] += bytes.length
    this.passed[direction] += bytes.length
    if (this.slices) for (const byte of bytes) this.#later(() => to.write(Uint8Array.of(byte)))
    else this.#later(() => to.write(bytes))
    if (chunk.length > left) this.#later(() => end(pair, 'fin'))
  }

  #later(act: () => void): void {
    if (this.latency === 0) act()
    else setTimeout(act, this.latency)
  }
}

function end({ client, server }: Pair, how: 'fin' | 'rst'): void {
  for (const socket of [client, server]) {
    if (how === 'rst') socket.resetAndDestroy()
    else socket.end()
  }
}
