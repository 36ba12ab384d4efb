import { BusError, type Rejection, type WireEvent } from '@heliobus/core'
import type { Drafted } from './outbox-draft.ts'
import type { PostgresClient } from './postgres-database.ts'

/** An event that waits to be relayed. */
export interface Row {
  readonly position: string
  readonly event: WireEvent
}

const identifier = /^[a-z_][a-z0-9_]{0,39}(\.[a-z_][a-z0-9_]{0,39})?$/
/** For the lock under which the tables are made. */
const MIGRATION = 7_430_212

/**
 * The tables of an outbox: the events that wait (`outbox`), those that the other side will never take (`outbox_rejected`),
 * and who relays (`outbox_relay`).
 */
export class OutboxTable {
  readonly name: string

  constructor(name: string) {
    if (!identifier.test(name))
      throw new BusError('option-invalid', {
        option: 'table',
        reason: `must be a lower-case name, with a schema before a dot if need be; it is "${name}"`,
      })
    this.name = name
  }

  async create(client: PostgresClient): Promise<void> {
    // One statement: all of it happens, and two processes that start together don't do it twice.
    await client.query(`DO $$ BEGIN
      PERFORM pg_advisory_xact_lock(${MIGRATION});
      CREATE TABLE IF NOT EXISTS ${this.name} (
        position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        written_at timestamptz NOT NULL DEFAULT now(),
        key text,
        event text NOT NULL);
      CREATE TABLE IF NOT EXISTS ${this.name}_rejected (
        position bigint PRIMARY KEY,
        written_at timestamptz NOT NULL,
        rejected_at timestamptz NOT NULL DEFAULT now(),
        reason text NOT NULL,
        event text NOT NULL);
      CREATE TABLE IF NOT EXISTS ${this.name}_relay (
        is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
        owner text NOT NULL,
        until timestamptz NOT NULL);
    END $$`)
  }

  /**
   * Resolves to whether it was done: not so when the client is not in a transaction. Waits for other transactions that have
   * written events of the same keys: so positions rise as transactions are committed, for each key.
   */
  async insert(client: PostgresClient, drafted: readonly Drafted[]): Promise<boolean> {
    const transaction = await this.#lock(client, drafted)
    const rows = JSON.stringify(drafted.map(({ key, wire }) => ({ key, event: JSON.stringify(wire) })))
    const inserted = await client.query(
      `INSERT INTO ${this.name} (key, event)
       SELECT key, event FROM ROWS FROM (json_to_recordset($1::json) AS (key text, event text)) WITH ORDINALITY AS r (key, event, n)
       WHERE pg_current_xact_id()::text = $2 ORDER BY n RETURNING position`,
      [rows, transaction],
    )
    return inserted.rows.length === drafted.length
  }

  /** The transaction. The keys are locked in one order everywhere, so two of these never wait for each other. */
  async #lock(client: PostgresClient, drafted: readonly Drafted[]): Promise<string> {
    const keys = [...new Set(drafted.flatMap(({ key }) => key ?? []))].toSorted()
    const { rows } = await client.query(
      `SELECT pg_current_xact_id()::text AS transaction, (SELECT count(pg_advisory_xact_lock(hashtextextended(key, 0)))
       FROM json_array_elements_text($1::json) AS key)`,
      [JSON.stringify(keys.map((key) => `${this.name} ${key}`))],
    )
    return textOf(rows[0], 'transaction')
  }

  /** Says whether `owner` may relay for so many ms, alone. */
  async lease(client: PostgresClient, owner: string, ms: number): Promise<boolean> {
    const { rows } = await client.query(
      `INSERT INTO ${this.name}_relay AS held (owner, until) VALUES ($1, clock_timestamp() + $2::float8 * interval '1 millisecond')
       ON CONFLICT (is_only) DO UPDATE SET owner = excluded.owner, until = excluded.until
       WHERE held.owner = excluded.owner OR held.until < clock_timestamp() RETURNING owner`,
      [owner, ms],
    )
    return rows.length > 0
  }

  async release(client: PostgresClient, owner: string): Promise<void> {
    await client.query(`DELETE FROM ${this.name}_relay WHERE owner = $1`, [owner])
  }

  /** The oldest, by count and by characters, but at least one. */
  async next(client: PostgresClient, limit: number, characters: number): Promise<readonly Row[]> {
    const { rows } = await client.query(
      `SELECT position, event FROM (
         SELECT position, event, sum(length(event)) OVER (ORDER BY position) - length(event) AS before
         FROM (SELECT position, event FROM ${this.name} ORDER BY position LIMIT $1) AS oldest) AS measured
       WHERE before < $2 ORDER BY position`,
      [limit, characters],
    )
    return rows.map((row) => ({
      position: textOf(row, 'position'),
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as it was written; who receives it checks it
      event: JSON.parse(textOf(row, 'event')) as WireEvent,
    }))
  }

  /** They are on the other side; those that it will never take are kept apart. */
  async settle(
    client: PostgresClient,
    rows: readonly Row[],
    rejections: readonly Rejection[],
  ): Promise<void> {
    const positions = rows.map(({ position }) => position)
    const rejected = rejections.map(({ index, reason }) => ({ position: positions[index], reason }))
    await client.query(
      `WITH gone AS (
         DELETE FROM ${this.name} WHERE position IN (SELECT value::bigint FROM json_array_elements_text($1::json) AS value)
         RETURNING position, written_at, event)
       INSERT INTO ${this.name}_rejected (position, written_at, reason, event)
       SELECT gone.position, written_at, reason, event
       FROM gone JOIN json_to_recordset($2::json) AS rejected (position bigint, reason text) ON rejected.position = gone.position`,
      [JSON.stringify(positions), JSON.stringify(rejected)],
    )
  }

  async count(client: PostgresClient): Promise<{ readonly waiting: number; readonly rejected: number }> {
    const { rows } = await client.query(
      `SELECT (SELECT count(*) FROM ${this.name}) AS waiting, (SELECT count(*) FROM ${this.name}_rejected) AS rejected`,
    )
    return { waiting: Number(textOf(rows[0], 'waiting')), rejected: Number(textOf(rows[0], 'rejected')) }
  }
}

/** Counts and positions are texts with some clients, numbers with others. */
function textOf(row: unknown, column: string): string {
  return String(Reflect.get(Object(row), column))
}
