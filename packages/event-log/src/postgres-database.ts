import { BusError } from '@heliobus/core'
import { codedError } from './postgres-error.ts'
import { Turns } from './turns.ts'

/** What is needed of a client: the pools and clients of `pg`, and PGlite, have it. */
export interface PostgresClient {
  query(text: string, values?: unknown[]): Promise<{ readonly rows: readonly unknown[] }>
}

export type Value = string | number | null | readonly string[]

/**
 * A database in other hands: the client is neither opened nor closed here. Each statement is a transaction of its own, as
 * the next one may go over another connection of a pool: what belongs together is in a function of the database.
 */
export class PostgresDatabase {
  readonly name: string
  readonly #client: PostgresClient
  readonly #turns = new Turns()
  #closing: Promise<void> | undefined = undefined

  constructor(client: PostgresClient, name: string) {
    this.#client = client
    this.name = name
  }

  /** Runs a statement with a `?` for each value. What it rejects with is coded. */
  async ask(sql: string, values: readonly Value[] = []): Promise<readonly unknown[]> {
    try {
      return (await this.#client.query(numbered(sql), [...values])).rows
    } catch (error) {
      throw codedError(error, this.name)
    }
  }

  /** In a turn of its own. Rejects with `log-closed`. */
  async write<T>(work: () => Promise<T>): Promise<T> {
    this.refuseIfClosed()
    return this.#turns.take(work)
  }

  close(): Promise<void> {
    return (this.#closing ??= this.#turns.take(() => undefined))
  }

  /** Throws `log-closed`. */
  refuseIfClosed(): void {
    if (this.#closing !== undefined) throw new BusError('log-closed', { log: this.name })
  }
}

function numbered(sql: string): string {
  let count = 0
  return sql.replaceAll('?', () => `$${++count}`)
}
