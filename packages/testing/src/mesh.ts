import type { Link, Transport, WireEvent } from '@heliobus/core'
import { createRecordingPort, type RecordingPort } from './recording-port.ts'
import { member, sampleEvent } from './sample-events.ts'
import { until } from './until.ts'

const MARK = 'contract.mark'
const NAMES = ['first', 'second', 'third'] as const

/** One of the peers in a case of the transport contract. */
export class Peer {
  readonly name: string
  readonly #transport: Transport
  port: RecordingPort = createRecordingPort()
  #link: Link | undefined = undefined

  constructor(name: string, transport: Transport) {
    this.name = name
    this.#transport = transport
  }

  get isOpen(): boolean {
    return this.#link !== undefined
  }

  /** With a port of its own each time. */
  async open(): Promise<void> {
    this.port = createRecordingPort()
    this.#link = await this.#transport.open(this.port)
  }

  /** The link as it is, to use it in ways that `send` and `close` don't. */
  get link(): Link {
    if (this.#link === undefined) throw new Error(`the ${this.name} peer is closed`)
    return this.#link
  }

  async send(...events: readonly WireEvent[]): Promise<void> {
    await this.link.send(events)
  }

  async close(): Promise<void> {
    const link = this.#link
    this.#link = undefined
    await link?.close()
  }

  /** What came, without the marks of `settle`. */
  get received(): readonly unknown[] {
    return this.port.messages.filter((message) => typeOf(message) !== MARK)
  }

  get ids(): readonly unknown[] {
    return this.received.map((message) => member(message, 'id'))
  }

  has(id: string): boolean {
    return this.port.messages.some((message) => member(message, 'id') === id)
  }
}

/** Three peers that hear each other. */
export class Mesh {
  readonly peers: readonly [Peer, Peer, Peer]
  readonly #deadline: number | undefined

  constructor([first, second, third]: readonly [Transport, Transport, Transport], deadline?: number) {
    this.#deadline = deadline
    this.peers = [new Peer(NAMES[0], first), new Peer(NAMES[1], second), new Peer(NAMES[2], third)]
  }

  async open(): Promise<void> {
    for (const peer of this.peers) await peer.open()
  }

  async close(): Promise<void> {
    for (const peer of this.peers) await peer.close()
  }

  others(peer: Peer): readonly Peer[] {
    return this.peers.filter((other) => other !== peer && other.isOpen)
  }

  /**
   * Waits until all that is on the way has arrived: each open peer sends a mark, and all others get it. So a case can tell
   * that something did **not** come.
   */
  async settle(): Promise<void> {
    await Promise.all(this.peers.filter(({ isOpen }) => isOpen).map((peer) => this.#mark(peer)))
  }

  until(holds: () => boolean, what: string): Promise<void> {
    return until(holds, what, this.#deadline)
  }

  async #mark(peer: Peer): Promise<void> {
    const mark = sampleEvent(null, MARK)
    await peer.send(mark)
    await Promise.all(
      this.others(peer).map((other) =>
        this.until(() => other.has(mark.id), `a mark of the ${peer.name} peer arrives`),
      ),
    )
  }
}

function typeOf(message: unknown): unknown {
  return member(message, 'type')
}
