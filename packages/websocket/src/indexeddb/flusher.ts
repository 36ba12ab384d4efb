import { createPace, isBusError, type Pace } from '@heliobus/core'
import type { Sender, Uplink } from '../client/kept-outbox.ts'
import { WINDOW } from '../protocol/frames.ts'
import type { Row } from './outbox-schema.ts'
import type { OutboxStore } from './outbox-store.ts'

/** The part of the Web Locks that is used: `run` holds the lock of this name until what it answers has settled. */
export interface Locks {
  request(name: string, options: { readonly signal: AbortSignal }, run: () => Promise<void>): Promise<void>
}

export interface FlusherOptions {
  readonly store: OutboxStore
  readonly uplink: Uplink
  readonly locks: Locks
  readonly lock: string
}

/** Events that are read and removed in one go: some windows, for the database is slower than the hub. */
const AT_ONCE = 4 * WINDOW
/** After so many ms it looks whether a page has written something and died before it could say so. */
const LOOK_AGAIN = 10_000

/** Sends what is in the store, in order: in the one page that holds the lock. The others wait until it is gone. */
export class Flusher {
  readonly #options: FlusherOptions
  readonly #pace: Pace
  readonly #giveUp = new AbortController()
  readonly #done: Promise<void>
  #sender: Sender | undefined = undefined
  #session: string | undefined = undefined
  #hasNews = false
  #wake: () => void = () => undefined

  constructor(options: FlusherOptions) {
    this.#options = options
    const { clock, random } = options.uplink
    this.#pace = createPace({ clock, random, stable: 0 }) // every step that succeeds ends a row of failures
    this.#done = this.#hold()
  }

  /** There may be something to send. */
  look(): void {
    this.#hasNews = true
    this.#wake()
  }

  /** Waits for what is on its way, as long as the connection does. Never rejects. */
  async stop(): Promise<void> {
    this.#giveUp.abort()
    this.look()
    await this.#sender?.close()
    await this.#done
  }

  get #isStopped(): boolean {
    return this.#giveUp.signal.aborted
  }

  async #hold(): Promise<void> {
    const { locks, lock, uplink } = this.#options
    try {
      await locks.request(lock, { signal: this.#giveUp.signal }, () => this.#run())
    } catch (error) {
      if (!this.#isStopped) uplink.ended(error)
    } finally {
      await this.#sender?.close()
    }
  }

  async #run(): Promise<void> {
    while (!this.#isStopped) {
      try {
        await this.#step()
      } catch (error) {
        if (!isBusError(error, 'outbox-failed')) throw error // the hub wants nothing of this page
        await this.#pause(this.#pace.next())
      }
    }
  }

  async #step(): Promise<void> {
    const { session, rows } = await this.#options.store.next(AT_ONCE)
    const sender = await this.#senderOf(session)
    this.#pace.opened()
    if (rows.length > 0) await this.#deliver(sender, rows)
    else if (this.#hasNews) this.#hasNews = false
    else await this.#pause(LOOK_AGAIN)
  }

  /** Nothing is removed before the hub has answered for it. */
  async #deliver(sender: Sender, rows: readonly Row[]): Promise<void> {
    await Promise.all(rows.map((row) => this.#send(sender, row)))
    await this.#options.store.remove(rows)
  }

  async #send(sender: Sender, { sequence, letters }: Row): Promise<void> {
    for (const { index, reason } of await sender.send(letters, sequence))
      this.#options.uplink.refused(JSON.parse(letters[index]!.text), reason)
  }

  /** The session is another one when the database was deleted, and began anew. */
  async #senderOf(session: string): Promise<Sender> {
    if (this.#sender === undefined || this.#session !== session) {
      await this.#sender?.close()
      this.#session = session
      this.#sender = await this.#options.uplink.connect(session)
      if (this.#isStopped) await this.#sender.close() // nobody else would
    }
    return this.#sender
  }

  async #pause(ms: number): Promise<void> {
    const { clock } = this.#options.uplink
    if (this.#isStopped) return
    let timer: unknown
    await new Promise<void>((resolve) => {
      this.#wake = resolve
      timer = clock.setTimeout(resolve, ms)
    })
    clock.clearTimeout(timer)
    this.#hasNews = false
  }
}
