import type { IDBPTransaction } from 'idb'
import type { Schema } from './outbox-schema.ts'

type Transaction = Pick<IDBPTransaction<Schema, ('outbox' | 'outbox_state')[], 'readwrite'>, 'abort' | 'done'>

/** Resolves when the work is stored. When either fails nothing is, and what the browser has against it is told first. */
export async function settled(transaction: Transaction, work: Promise<void>): Promise<void> {
  const [worked, done] = await Promise.allSettled([work.catch(abortion(transaction)), transaction.done])
  if (done.status === 'rejected' && !isAbort(done.reason)) throw done.reason
  if (worked.status === 'rejected') throw worked.reason
}

/** The transaction may have ended by itself: by what went wrong. */
function abortion(transaction: Transaction): (error: unknown) => never {
  return (error) => {
    try {
      transaction.abort()
    } catch {
      // then there is nothing left to undo
    }
    throw error
  }
}

function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError'
}
