import { PGlite } from '@electric-sql/pglite'
import { declareContract, logContract, type LogStore } from '@heliobus/testing'
import { afterAll, beforeAll, describe, test, vi } from 'vitest'
import { openPostgresLog } from '../src/postgres.ts'

const client = new PGlite()
let count = 0

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 }) // a server may be as busy as the machine
beforeAll(() => client.waitReady, 60_000)
afterAll(() => client.close())

const store = async (): Promise<LogStore> => {
  const schema = `store_${++count}`
  await client.exec(`CREATE SCHEMA ${schema}`)
  return {
    open: () => openPostgresLog(client, { schema }),
    remove: async () => void (await client.exec(`DROP SCHEMA ${schema} CASCADE`)),
  }
}

describe('the log contract over PGlite', () => {
  declareContract(logContract, { traits: { durable: true }, store }, test)
})
