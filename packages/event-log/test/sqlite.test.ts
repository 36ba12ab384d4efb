import { declareContract, logContract, type LogStore } from '@heliobus/testing'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'vitest'
import { openSqliteLog } from '../src/sqlite.ts'
import { tallies } from './tally-cases.ts'

const store = async (): Promise<LogStore> => {
  const folder = mkdtempSync(join(tmpdir(), 'heliobus-log-'))
  return {
    open: () => openSqliteLog(join(folder, 'events.db')),
    remove: async () => rmSync(folder, { recursive: true }),
  }
}

describe('the log contract over SQLite', () => {
  declareContract(logContract, { traits: { durable: true }, store }, test)
})

describe('tallies', () => {
  tallies(() => openSqliteLog(':memory:'))
})
