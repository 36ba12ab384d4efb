import {
  type BusEvent,
  type EventLog,
  type LogEntry,
  type LogQuery,
  type LogRecord,
  toRecord,
  wanting,
} from '@heliobus/core'
import { bounded } from './conditions.ts'
import { IndexedDbReader } from './indexeddb-reader.ts'
import { IndexedDbStore, type Transaction } from './indexeddb-store.ts'
import { countPages, type Page, type PageQuery, readPages } from './pages.ts'

export interface IndexedDbLogOptions {
  /** How long to wait until the database can be opened while others hold it, in ms, before `log-locked`. Default 5,000. */
  readonly patience?: number
  /** Each append waits until the browser has written to the disk. Default false. */
  readonly isSynced?: boolean
}
