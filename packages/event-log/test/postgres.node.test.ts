import { declareContract, logContract, type LogStore } from '@heliobus/testing'
import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { openPostgresLog } from '../src/postgres.ts'
import { PostgresServer } from './postgres-database.ts'

let server: PostgresServer
let pool: Pool

beforeAll(async () => {
  server = await PostgresServer.start()
  pool = server.pool()
}, 120_000) // it may have to be installed

afterAll(() => server?.stop())

const store = async (): Promise<LogStore> => {
  const schema = await server.schema(pool)
  return {
    open: () => openPostgresLog(pool, { schema }),
    remove: () => server.dropped(pool, schema),
  }
}

describe('the log contract over PostgreSQL', () => {
  declareContract(logContract, { traits: { durable: true }, store }, test)
})
