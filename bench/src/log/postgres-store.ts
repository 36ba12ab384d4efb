import { toRecord } from '@heliobus/core'
import { openPostgresLog } from '@heliobus/event-log/postgres'
import { Client } from 'pg'
import { BATCH, newEvents, type Stores, timed } from './stores.ts'

interface Cluster {
  readonly url: string
  remove(): Promise<void>
}

const script = new URL('../../../scripts/postgres-cluster.mjs', import.meta.url).href

/** Two tables of a database that is thrown away; into one goes an insert of many rows, which brings its own positions. */
export async function postgresStores(): Promise<Stores> {
  const { PostgresCluster }: { PostgresCluster: { create(): Promise<Cluster> } } = await import(script)
  const cluster = await PostgresCluster.create()
  const client = new Client({ connectionString: cluster.url })
  await client.connect()
  const log = await openPostgresLog(client)
  const other = await openPostgresLog(client, { table: 'raw_log' })
  await other.append(newEvents()) // makes the partition of today
  const columns = Object.keys(toRecord(newEvents()[0]!))
  const sql = `INSERT INTO raw_log (position, ${columns.join(', ')}) VALUES ${placesFor(columns.length + 1)}`
  let position = 1_000_000
  return {
    append() {
      const events = newEvents()
      return timed(() => log.append(events))
    },
    insert() {
      const values = newEvents().flatMap((event) => [++position, ...Object.values(toRecord(event))])
      return timed(() => client.query(sql, values))
    },
    async close() {
      await client.end()
      await cluster.remove()
    },
  }
}

function placesFor(width: number): string {
  const row = (first: number): string =>
    `(${Array.from({ length: width }, (_, n) => `$${first + n}`).join(', ')})`
  return Array.from({ length: BATCH }, (_, n) => row(1 + n * width)).join(', ')
}
