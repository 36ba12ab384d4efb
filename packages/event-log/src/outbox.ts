import {
  type AnyDefinition,
  BusError,
  type Catalog,
  type Clock,
  consoleLogger,
  type Draft,
  type InputOf,
  type Logger,
  systemClock,
  type TopicOf,
  type Transport,
} from '@heliobus/core'
import { Drafter } from './outbox-draft.ts'
import { Relay, type RelayStatus } from './outbox-relay.ts'
import { OutboxTable } from './outbox-table.ts'
import type { PostgresClient } from './postgres-database.ts'

export type { RelayStatus, PostgresClient }

export interface OutboxOptions<D extends AnyDefinition = AnyDefinition> {
  /** The events that may be written. */
  readonly catalog: Catalog<D>
  /** Who publishes, as events show it. */
  readonly source: string
  /** The table, `outbox` by default: lower-case, with a schema before a dot if need be. */
  readonly table?: string
  /** As with `bridge`: declared `sensitive` paths are written and sent as they are. Default false: masked. */
  readonly reveal?: boolean
  /** Default the system's. */
  readonly clock?: Clock
}

export interface RelayOptions {
  /** How often to look for events, in ms. Default 1,000; `wake` looks at once. */
  readonly every?: number
  /** Events sent at a time, at most. Default 500. */
  readonly batch?: number
  /** After so many ms another process takes over from one that is gone without a word. Default 10,000. */
  readonly lease?: number
  /** Default: errors go to the console. */
  readonly logger?: Logger
  /** From 0 to below 1, for the waits after failures. Default `Math.random`. */
  readonly random?: () => number
}

/** Events that are written in a transaction, and relayed after it. */
export interface Outbox<D extends AnyDefinition = AnyDefinition> {
  /**
   * Writes events in the transaction that `client` is in: they are sent if it is committed, and never if it is not. Answers
   * with their ids. Events of one key are sent in the order in which their transactions are committed: a second transaction
   * with the same key waits for the first.
   *
   * Rejects with what publishing throws (`payload-invalid`, …), `wire-unsupported`, `wire-too-large`, `option-invalid` when
   * the client is in no transaction, and what the database says. Then the transaction is to be rolled back.
   */
  write(
    client: PostgresClient,
    ...drafts: readonly Draft<TopicOf<D>, InputOf<D, TopicOf<D>>>[]
  ): Promise<readonly string[]>
  /**
   * Sends what is committed over a transport that acknowledges, oldest first. Each leaves the table when the other side has
   * accepted it: at least once, with the same id. Of all processes that relay one table, one does so at a time. What the
   * other side will never take goes to the table `outbox_rejected`. Rejects with what opening the transport does, and
   * `option-invalid` for one that doesn't acknowledge.
   */
  relay(transport: Transport, options?: RelayOptions): Promise<OutboxRelay>
  /** How many events wait, and how many were rejected. */
  count(): Promise<{ readonly waiting: number; readonly rejected: number }>
  /** Ends the relays. The database client is its maker's. Twice is fine. */
  close(): Promise<void>
}

export interface OutboxRelay {
  readonly status: RelayStatus
  /** Looks for events now: call it after a commit, to not wait for the next look. */
  wake(): void
  /** What is on its way is settled first. Twice is fine. */
  close(): Promise<void>
}

/**
 * A transactional outbox in PostgreSQL: a change and the event that tells of it happen together or not at all. Makes its
 * tables when they are not there. `client` is a pool, or a connection that is used for nothing else; PostgreSQL 13 or later.
 *
 * @example
 * const outbox = await openOutbox(pool, { catalog, source: 'shop' })
 * await outbox.relay(redisStreams({ url }))
 *
 * await client.query('BEGIN')
 * await client.query('UPDATE orders SET state = $1 WHERE id = $2', ['paid', id])
 * await outbox.write(client, OrderPaid({ total: 12 }, { subject: id }))
 * await client.query('COMMIT')
 */
export async function openOutbox<D extends AnyDefinition>(
  client: PostgresClient,
  options: OutboxOptions<D>,
): Promise<Outbox<D>> {
  const { catalog, source, table = 'outbox', reveal = false, clock = systemClock } = options
  const tables = new OutboxTable(table)
  await tables.create(client)
  const drafter = await Drafter.open({ catalog, source, clock, reveal })
  return new TableOutbox(client, tables, drafter, clock)
}

const OUTSIDE = 'must have begun the transaction that the events belong to; a pool has not'

class TableOutbox<D extends AnyDefinition> implements Outbox<D> {
  readonly #client: PostgresClient
  readonly #table: OutboxTable
  readonly #drafter: Drafter
  readonly #clock: Clock
  readonly #relays = new Set<Relay>()

  constructor(client: PostgresClient, table: OutboxTable, drafter: Drafter, clock: Clock) {
    this.#client = client
    this.#table = table
    this.#drafter = drafter
    this.#clock = clock
  }

  async write(client: PostgresClient, ...drafts: readonly Draft[]): Promise<readonly string[]> {
    const drafted = await this.#drafter.draft(drafts)
    if (drafted.length > 0 && !(await this.#table.insert(client, drafted)))
      throw new BusError('option-invalid', { option: 'client', reason: OUTSIDE })
    return drafted.map(({ wire }) => wire.id)
  }

  async relay(transport: Transport, options: RelayOptions = {}): Promise<Relay> {
    if (!transport.traits.acknowledges)
      throw new BusError('option-invalid', {
        option: 'transport',
        reason: `must be one that acknowledges; "${transport.name}" does not, so nobody knew when an event may leave the table`,
      })
    const {
      every = 1_000,
      batch = 500,
      lease = 10_000,
      logger = consoleLogger(),
      random = Math.random,
    } = options
    const [client, table, clock] = [this.#client, this.#table, this.#clock]
    const settings = { client, table, clock, every, batch, lease, logger, random, name: table.name }
    const relay = await Relay.open(transport, this.#drafter.interest, settings)
    this.#relays.add(relay)
    return relay
  }

  count(): Promise<{ readonly waiting: number; readonly rejected: number }> {
    return this.#table.count(this.#client)
  }

  async close(): Promise<void> {
    await Promise.all([...this.#relays].map((relay) => relay.close()))
    await this.#drafter.close()
  }
}
