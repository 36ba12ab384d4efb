import type { LogRecord } from '@heliobus/core'
import type { Transaction } from './indexeddb-store.ts'

// Nothing but the database is waited for in here: a transaction would end.

type Writing = Transaction<'readwrite'>

/** Rows removed in one go. */
export const FEW = 500

/** Stores those whose ids are not there yet. */
export async function insert(transaction: Writing, records: readonly LogRecord[]): Promise<void> {
  const store = transaction.objectStore('events_log')
  const state = transaction.objectStore('events_log_state')
  const fresh = await withoutKnown(transaction, records)
  const [last = 0, isTrue] = await Promise.all([state.get('last'), state.get('true')])
  if (isTrue === undefined) await Promise.all([state.put(last, 'removed'), state.put(1, 'true')])
  let position = last
  const adding = fresh.map((record) => store.add({ ...record, position: ++position }))
  await Promise.all([...adding, state.put(position, 'last')])
}

async function withoutKnown(
  transaction: Writing,
  records: readonly LogRecord[],
): Promise<readonly LogRecord[]> {
  const ids = transaction.objectStore('events_log').index('id')
  const byId = new Map<string, LogRecord>()
  for (const record of records) if (!byId.has(record.id)) byId.set(record.id, record)
  const positions = await Promise.all([...byId.keys()].map((id) => ids.getKey(id)))
  return [...byId.values()].filter((_, index) => positions[index] === undefined)
}

/** Removes rows; what goes, and that it went, in one: a reader finds it or hears of a gap. */
export async function remove(transaction: Writing, positions: readonly number[]): Promise<number> {
  if (positions.length === 0) return 0
  const store = transaction.objectStore('events_log')
  const state = transaction.objectStore('events_log_state')
  const [removed = 0, gone = 0] = await Promise.all([state.get('removed'), state.get('gone')])
  await Promise.all([
    state.put(Math.max(removed, ...positions), 'removed'),
    state.put(gone + positions.length, 'gone'),
    ...positions.map((position) => store.delete(position)),
  ])
  return positions.length
}

/** The same where there is no room left: who only deletes needs none. That it went can't be told, but that something did. */
export async function removeUntold(transaction: Writing, positions: readonly number[]): Promise<number> {
  if (positions.length === 0) return 0
  const store = transaction.objectStore('events_log')
  const forgetting = transaction.objectStore('events_log_state').delete('true')
  await Promise.all([forgetting, ...positions.map((position) => store.delete(position))])
  return positions.length
}

/** Some of a type from before a time. */
export function oldIn(transaction: Writing, type: string, before: number): Promise<readonly number[]> {
  const range = IDBKeyRange.bound([type], [type, before], false, true)
  return transaction.objectStore('events_log').index('type_time').getAllKeys(range, FEW)
}

/** Some of the oldest that are too many. */
export async function beyond(transaction: Writing, keep: number): Promise<readonly number[]> {
  const store = transaction.objectStore('events_log')
  const tooMany = (await store.count()) - keep
  return tooMany > 0 ? store.getAllKeys(undefined, Math.min(tooMany, FEW)) : []
}

/** From one type to the next in the index, instead of over all rows. */
export async function typesIn(transaction: Transaction<'readonly'>): Promise<readonly string[]> {
  const types: string[] = []
  let cursor = await transaction.objectStore('events_log').index('type_time').openKeyCursor()
  while (cursor !== null) {
    const [type] = cursor.key
    types.push(type)
    cursor = await cursor.continue([type, Number.POSITIVE_INFINITY])
  }
  return types
}
