import {
  type Clock,
  createPace,
  type Link,
  type Logger,
  type Outcome,
  type Pace,
  type Port,
  reconnecting,
  type Rejection,
  type Transport,
} from '@heliobus/core'
import type { OutboxTable, Row } from './outbox-table.ts'
import type { PostgresClient } from './postgres-database.ts'

export interface RelaySettings {
  readonly client: PostgresClient
  readonly table: OutboxTable
  readonly name: string
  readonly clock: Clock
  readonly random: () => number
  readonly logger: Logger
  readonly every: number
  readonly batch: number
  readonly lease: number
}

/** What a relay has done so far. */
export interface RelayStatus {
  /** It is its turn; another process relays otherwise. */
  readonly isActive: boolean
  /** Events that the other side has accepted. */
  readonly relayed: number
  /** Events that it will never take: they are in the table `…_rejected`. */
  readonly rejected: number
  /** Why the last attempt failed; undefined when it did not. */
  readonly error: unknown
}

/** Characters of JSON in one batch. */
const CHARACTERS = 1_000_000
const nothing: Outcome = { handled: 0, failed: [] }

/** Takes events out of the table, oldest first, and hands them over; each leaves the table when the other side has it. */
export class Relay {
  readonly #settings: RelaySettings
  readonly #owner: string = crypto.randomUUID()
  readonly #pace: Pace
  #link: Link | undefined = undefined
  #timer: unknown = undefined
  #round: Promise<void> | undefined = undefined
  #isAwake = false
  #closed: Promise<void> | undefined = undefined
  #status: RelayStatus = { isActive: false, relayed: 0, rejected: 0, error: undefined }

  private constructor(settings: RelaySettings) {
    this.#settings = settings
    this.#pace = createPace(settings)
  }

  static async open(
    transport: Transport,
    interest: Port['interest'],
    settings: RelaySettings,
  ): Promise<Relay> {
    const relay = new Relay(settings)
    relay.#link = await reconnecting(transport, settings).open({
      origin: relay.#owner,
      interest,
      receive: async () => nothing, // it only sends
      report: () => undefined,
      gap: () => undefined,
    })
    relay.wake()
    return relay
  }

  get status(): RelayStatus {
    return this.#status
  }

  /** Looks for events now: call it after a commit, to not wait for the next look. */
  wake(): void {
    this.#isAwake = true
    if (this.#round !== undefined || this.#closed !== undefined) return
    this.#settings.clock.clearTimeout(this.#timer)
    this.#round = this.#run().finally(() => (this.#round = undefined))
  }

  /** What is on its way is settled first. Twice is fine. */
  close(): Promise<void> {
    return (this.#closed ??= this.#close())
  }

  async #close(): Promise<void> {
    const { client, table, clock } = this.#settings
    clock.clearTimeout(this.#timer)
    await this.#round
    await this.#link?.close()
    try {
      await table.release(client, this.#owner)
    } catch (error) {
      this.#fail(error) // then the lease runs out by itself
    }
  }

  async #run(): Promise<void> {
    const wait = await this.#relayAll()
    if (this.#closed !== undefined) return
    this.#timer = this.#settings.clock.setTimeout(() => this.wake(), wait)
  }

  /** Until nothing waits, or something fails. Answers with how long to wait then, in ms. */
  async #relayAll(): Promise<number> {
    try {
      do {
        this.#isAwake = false
        while (this.#closed === undefined && (await this.#relaySome()));
      } while (this.#isAwake && this.#closed === undefined)
      this.#pace.opened()
      this.#status = { ...this.#status, error: undefined }
      return this.#settings.every
    } catch (error) {
      this.#fail(error)
      return this.#pace.next()
    }
  }

  /** Says whether there may be more. */
  async #relaySome(): Promise<boolean> {
    const { client, table, batch, lease } = this.#settings
    const isActive = await table.lease(client, this.#owner, lease)
    this.#status = { ...this.#status, isActive }
    if (!isActive) return false
    const rows = await table.next(client, batch, CHARACTERS)
    if (rows.length === 0) return false
    const rejections = (await this.#link!.send(rows.map(({ event }) => event))) ?? []
    await table.settle(client, rows, rejections)
    this.#count(rows, rejections)
    return true
  }

  #count(rows: readonly Row[], rejections: readonly Rejection[]): void {
    const { relayed, rejected } = this.#status
    this.#status = {
      ...this.#status,
      relayed: relayed + rows.length - rejections.length,
      rejected: rejected + rejections.length,
    }
    for (const { index, reason } of rejections) {
      const { type, id } = rows[index]!.event
      this.#log(`${type} ${id} will never be taken: ${reason}`)
    }
  }

  #fail(error: unknown): void {
    this.#status = { ...this.#status, error }
    this.#log('it will be tried again', error)
  }

  #log(message: string, error?: unknown): void {
    const { logger, name } = this.#settings
    try {
      logger.log({ level: 'error', bus: name, message, error })
    } catch {
      // A broken logger must not end the relay, and there is no one left to tell.
    }
  }
}
