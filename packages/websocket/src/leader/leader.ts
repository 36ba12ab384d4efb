import type { Port } from '@heliobus/core'
import type { Connector } from '../client/connector.ts'
import { connectSender } from '../client/kept-link.ts'
import type { Sender } from '../client/kept-outbox.ts'
import type { Interest, Receiver } from '../client/receiver.ts'
import type { Session } from '../client/session.ts'
import type { Place } from '../protocol/frames.ts'
import type { TabMessage } from './messages.ts'

export interface LeaderOptions {
  readonly connector: Connector
  /** The leader's own bus. */
  readonly port: Pick<Port, 'receive' | 'gap'>
  /** What all tabs want. */
  readonly interest: Interest
  readonly place: Place | undefined
  readonly post: (message: TabMessage) => void
  readonly report: Port['report']
  readonly moved: (place: Place) => void
}

/** The tab that has the connection: what comes goes to its own bus, and to the other tabs. */
export class Leader {
  readonly #options: LeaderOptions
  readonly #session: Session
  #posted: Place | undefined
  #received: unknown[] = []

  constructor(options: LeaderOptions) {
    this.#options = options
    this.#posted = options.place
    this.#session = options.connector.session(this.#receiver(), { place: options.place })
  }

  get place(): Place | undefined {
    return this.#session.place
  }

  /** Resolves to the way up, which closes the way down, too. Rejects when the hub does not let this tab in. */
  async open(session: string): Promise<Sender> {
    await this.#session.open()
    const sender = await this.#connect(session)
    return {
      send: (letters, first) => sender.send(letters, first),
      close: async () => void (await Promise.all([sender.close(), this.#session.close()])),
    }
  }

  async #connect(session: string): Promise<Sender> {
    try {
      return await connectSender(this.#options.connector, session)
    } catch (error) {
      await this.#session.close()
      throw error
    }
  }

  #receiver(): Receiver {
    const { port, interest, post, report } = this.#options
    return {
      interest,
      report,
      receive: (event) => {
        this.#received.push(event)
        return port.receive(event)
      },
      gap: (reason, missing) => {
        post({ type: 'gap', reason, missing })
        port.gap(reason, missing)
      },
      moved: (place) => this.#handOn(place),
    }
  }

  #handOn(place: Place): void {
    const { post, moved } = this.#options
    post({ type: 'events', after: this.#posted, place, events: this.#received })
    this.#posted = place
    this.#received = []
    moved(place)
  }
}
