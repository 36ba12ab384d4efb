import { BusError } from '@heliobus/core'
import Database from 'libsql'
import { setTimeout } from 'node:timers/promises'
import { codedError } from './sqlite-error.ts'
import { Turns } from './turns.ts'

export type Value = string | number | null
type Connection = InstanceType<typeof Database>
type Statement = ReturnType<Connection['prepare']>

/** ms between two tries at a file that is locked. */
const PAUSE = 5

/**
 * A database file: one who writes at a time, and patience with others who do. What is run inside of it is synchronous, so
 * nothing of this process comes in between; what it throws is coded.
 */
export class SqliteFile {
  readonly #name: string
  readonly #patience: number
  readonly #db: Connection
  readonly #turns = new Turns()
  readonly #statements = new Map<string, Statement>()
  #closing: Promise<void> | undefined = undefined

  /** Waits `patience` ms for others. Throws `log-failed` when there can't be such a file. */
  constructor(path: string, name: string, patience: number) {
    this.#name = name
    this.#patience = patience
    try {
      this.#db = new Database(path)
    } catch (error) {
      throw codedError(error, name)
    }
  }

  /** Several statements, without values. */
  exec(sql: string): void {
    this.#db.exec(sql)
  }

  run(sql: string, values: readonly Value[]): number {
    return this.#statement(sql).run(values).changes
  }

  all(sql: string, values: readonly Value[] = []): readonly unknown[] {
    return this.#statement(sql).all(values)
  }

  /** The first column, where it holds numbers. */
  numbers(sql: string, values: readonly Value[] = []): readonly number[] {
    return this.all(sql, values).flatMap((row) => {
      const [value] = typeof row === 'object' && row !== null ? Object.values(row) : []
      return typeof value === 'number' ? value : []
    })
  }

  /** In a turn of its own, and as a whole or not at all. Rejects with `log-locked` and its like. */
  write<T>(work: () => T): Promise<T> {
    this.refuseIfClosed()
    return this.#turns.take(() => this.#patiently(() => this.#within('BEGIN IMMEDIATE', work)))
  }

  /** Sees one and the same state of the file. */
  async read<T>(work: () => T): Promise<T> {
    this.refuseIfClosed()
    return this.#patiently(() => {
      this.refuseIfClosed()
      return this.#within('BEGIN', work)
    })
  }

  /** Outside of any transaction. */
  set(work: () => void): Promise<void> {
    return this.#turns.take(() => this.#patiently(work))
  }

  close(): Promise<void> {
    return (this.#closing ??= this.#turns.take(() => void this.#db.close()))
  }

  /** Throws `log-closed`. */
  refuseIfClosed(): void {
    if (this.#closing !== undefined) throw new BusError('log-closed', { log: this.#name })
  }

  #within<T>(begin: string, work: () => T): T {
    this.#db.exec(begin)
    try {
      const result = work()
      this.#db.exec('COMMIT')
      return result
    } catch (error) {
      if (this.#db.inTransaction) this.#db.exec('ROLLBACK')
      throw error
    }
  }

  /** Without blocking: others in this process go on meanwhile. */
  async #patiently<T>(work: () => T): Promise<T> {
    const end = performance.now() + this.#patience
    for (;;) {
      try {
        return work()
      } catch (error) {
        const coded = codedError(error, this.#name)
        if (coded.code !== 'log-locked' || performance.now() >= end) throw coded
      }
      await setTimeout(PAUSE)
    }
  }

  #statement(sql: string): Statement {
    const known = this.#statements.get(sql)
    if (known !== undefined) return known
    const statement = this.#db.prepare(sql)
    this.#statements.set(sql, statement)
    return statement
  }
}
