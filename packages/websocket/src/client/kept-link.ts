import type { Link, Port, WireEvent } from '@heliobus/core'
import type { Place } from '../protocol/frames.ts'
import type { Connector } from './connector.ts'
import { Echo } from './echo.ts'
import type { KeptOutbox, OpenOutbox, Sender } from './kept-outbox.ts'
import type { Receiver } from './receiver.ts'
import type { Session } from './session.ts'

/**
 * A session that listens, and an outbox that sends: in the name of all pages, over a session that they hand on. It must be
 * another one, for a hub does not send a session what came from it, and a page wants to hear the others.
 */
export class KeptLink implements Link {
  readonly #connector: Connector
  readonly #port: Port
  readonly #session: Session
  readonly #echo = new Echo()
  readonly #outbox: KeptOutbox
  #open: OpenOutbox | undefined = undefined
  #isOver = false

  constructor(connector: Connector, port: Port, place: Place | undefined, outbox: KeptOutbox) {
    this.#connector = connector
    this.#port = port
    this.#outbox = outbox
    this.#session = connector.session(this.#listener(), { place })
  }

  get place(): Place | undefined {
    return this.#session.place
  }

  /** Rejects when the hub does not let this client in, and with `outbox-failed`. */
  async open(): Promise<void> {
    await this.#session.open()
    try {
      this.#open = await this.#openOutbox()
      if (this.#isOver) throw new Error('the link was closed meanwhile')
    } catch (error) {
      await this.close()
      throw error
    }
  }

  send(events: readonly WireEvent[]): Promise<void> {
    if (this.#isOver) throw new Error('the link is closed')
    this.#echo.sent(events)
    return this.#open!.keep(events)
  }

  async close(): Promise<void> {
    this.#isOver = true
    await Promise.all([this.#session.close(), this.#open?.close()])
  }

  #openOutbox(): Promise<OpenOutbox> {
    const { clock, random } = this.#connector
    return this.#outbox.open({
      clock,
      random,
      connect: (name) => connectSender(this.#connector, name),
      refused: ({ type }, reason) => this.#port.gap(`the hub did not take ${type}: ${reason}`, 1),
      ended: (error) => this.#ended(error),
    })
  }

  /** Without the hub's leave to listen there is none to send. */
  #listener(): Receiver {
    const port = this.#port
    return {
      ...port,
      receive: this.#echo.without(port),
      report: (status, detail) => {
        if (status === 'closed') void this.close()
        port.report(status, detail)
      },
    }
  }

  #ended(error: unknown): void {
    void this.close()
    this.#port.report('closed', String(error))
  }
}

const nothing = {
  subscribe: (next: (patterns: readonly string[]) => void) => (next([]), { unsubscribe() {} }),
}

/** A session that only sends. What a hub tells about the past is not for it. */
export async function connectSender(connector: Connector, name: string): Promise<Sender> {
  const receiver: Receiver = {
    receive: () => Promise.resolve({ handled: 0, failed: [] }),
    report: () => undefined,
    gap: () => undefined,
    interest: nothing,
  }
  const session = connector.session(receiver, { session: name })
  await session.open()
  return session
}
