import { declareContract, logContract, type LogStore } from '@heliobus/testing'
import { afterAll, beforeAll, describe, test, vi } from 'vitest'
import { openPostgresLog } from '../src/postgres.ts'
import { faults } from './postgres-faults.ts'
import { partitions } from './postgres-partitions.ts'
import { PostgresServer } from './postgres-server.ts'
import { table } from './postgres-table.ts'
import { tallies } from './tally-cases.ts'

// One file, so that there is one server, which the faults may kill.
const server = new PostgresServer()

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 }) // a server may be as busy as the machine
beforeAll(() => server.start(), 120_000) // it may have to be installed
afterAll(() => server.stop())

const store = async (): Promise<LogStore> => {
  const schema = await server.schema()
  return {
    open: () => openPostgresLog(server.pool, { schema }),
    remove: () => server.drop(schema),
  }
}

describe('the log contract over PostgreSQL', () => {
  declareContract(logContract, { traits: { durable: true }, store }, test)
})

describe('the table', () => {
  table(server)
})
describe('tallies', () => {
  tallies(async () => openPostgresLog(server.pool, { schema: await server.schema() }))
})
describe('partitions', () => {
  partitions(server)
})
describe('a server that fails', () => {
  faults(server)
})
