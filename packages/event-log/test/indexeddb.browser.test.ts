import { declareContract, logContract, type LogStore } from '@heliobus/testing'
import { deleteDB } from 'idb'
import { describe, test } from 'vitest'
import { openIndexedDbLog } from '../src/indexeddb.ts'

const store = async (): Promise<LogStore> => {
  const name = `contract ${crypto.randomUUID()}`
  return { open: () => openIndexedDbLog(name), remove: () => deleteDB(name) }
}

describe('the log contract over IndexedDB', () => {
  declareContract(logContract, { traits: { durable: true }, store }, test)
})
