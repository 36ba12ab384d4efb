import { Pool } from 'pg'
import { PostgresCluster } from '../../../scripts/postgres-cluster.mjs'

/** A server for tests: the one that DATABASE_URL names, or a cluster of our own, which can be killed. */
export class PostgresServer {
  /** Whether it is our own. */
  readonly isOurs: boolean = process.env['DATABASE_URL'] === undefined
  #cluster: PostgresCluster | undefined
  #pool: Pool | undefined
  #schemas = 0

  async start(): Promise<void> {
    if (this.isOurs) this.#cluster = await PostgresCluster.create()
    this.#pool = this.connect()
  }

  get url(): string {
    return process.env['DATABASE_URL'] ?? this.#cluster?.url ?? ''
  }

  get pool(): Pool {
    if (this.#pool === undefined) throw new Error('the server is not started')
    return this.#pool
  }

  /** Connections of their own. */
  connect(database = '', options = ''): Pool {
    const url = new URL(this.url)
    if (database !== '') url.pathname = database
    const pool = new Pool({ connectionString: url.href, options, max: 4 })
    pool.on('error', () => undefined) // who waits for an answer hears of it, too
    return pool
  }

  /** A new one, with nothing in it. */
  async schema(): Promise<string> {
    const schema = `heliobus_${process.pid}_${++this.#schemas}`
    await this.pool.query(`CREATE SCHEMA ${schema}`)
    return schema
  }

  async drop(schema: string): Promise<void> {
    await this.pool.query(`DROP SCHEMA ${schema} CASCADE`)
  }

  /** In the middle of what it does. */
  async kill(): Promise<void> {
    await this.#cluster?.kill()
  }

  async restart(): Promise<void> {
    await this.#cluster?.start()
  }

  async stop(): Promise<void> {
    await this.#pool?.end()
    await this.#cluster?.remove()
  }
}
