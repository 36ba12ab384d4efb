/** An outbox in the browser's database: what is published outlives the page. */
export { indexedDbOutbox, type IndexedDbOutbox, type IndexedDbOutboxOptions } from './indexeddb-outbox.ts'
export type { Locks } from './flusher.ts'
