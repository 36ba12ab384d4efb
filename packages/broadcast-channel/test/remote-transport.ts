import type { Port, Traits, Transport } from '@heliobus/core'
import type { Note, PeerHost } from './peer-host.ts'

/** A transport whose links live in another thread or page: so a contract suite runs here over links there. */
export class RemoteTransports {
  readonly #host: PeerHost
  readonly #traits: Traits
  readonly #ports = new Map<string, Port>()

  constructor(host: PeerHost, traits: Traits) {
    this.#host = host
    this.#traits = traits
  }

  hear({ link, message }: Note): void {
    void this.#ports.get(link)?.receive(message)
  }

  in(world: string): Transport {
    return {
      name: 'remote',
      traits: this.#traits,
      open: async (port) => {
        const link = crypto.randomUUID()
        this.#ports.set(link, port)
        await this.#host.open(link, world)
        return {
          send: (events) => this.#host.send(link, events),
          close: () => this.#host.close(link),
        }
      },
    }
  }
}
