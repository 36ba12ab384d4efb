import { Pool } from 'pg'
import { PostgresCluster } from '../../../scripts/postgres-cluster.mjs'

/** A server for tests: the one that DATABASE_URL names, or a cluster of our own, which can be killed. */
export class PostgresServer {
  readonly #cluster: PostgresCluster | undefined
  readonly url: string
  readonly #pools: Pool[] = []
  #schemas = 0

  private constructor(cluster: PostgresCluster | undefined, url: string) {
    this.#cluster = cluster
    this.url = url
  }

  static async start(): Promise<PostgresServer> {
    const url = process.env['DATABASE_URL']
    if (url !== undefined) return new PostgresServer(undefined, url)
    const cluster = await PostgresCluster.create()
    return new PostgresServer(cluster, cluster.url)
  }

  /** Connections of their own. */
  pool(url = this.url): Pool {
    const pool = new Pool({ connectionString: url, max: 4 })
    pool.on('error', () => undefined) // who waits for an answer hears of it, too
    this.#pools.push(pool)
    return pool
  }

  /** A new one: what was in it before is gone. */
  async schema(pool: Pool): Promise<string> {
    const schema = `heliobus_${process.pid}_${++this.#schemas}`
    await pool.query(`CREATE SCHEMA ${schema}`)
    return schema
  }

  async dropped(pool: Pool, schema: string): Promise<void> {
    await pool.query(`DROP SCHEMA ${schema} CASCADE`)
  }

  /** As a loss of power does it. */
  async kill(): Promise<void> {
    await this.#cluster?.kill()
  }

  async restart(): Promise<void> {
    await this.#cluster?.start()
  }

  async stop(): Promise<void> {
    await Promise.all(this.#pools.map((pool) => pool.end()))
    await this.#cluster?.remove()
  }
}
