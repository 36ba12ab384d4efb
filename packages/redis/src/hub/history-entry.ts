import type { Entry } from '@heliobus/websocket/hub'
import { fieldsOf, listOf, textOf } from '../streams/replies.ts'

/** What the fields of an entry are called in the stream: short, for each entry has them. */
export const ENTRY = { topic: 't', text: 'd', from: 'f', sequence: 's', before: 'b' } as const

/** An entry, as it is in the stream: its id is its position and its stamp. */
export interface StreamEntry extends Entry {
  readonly stamp: string
  /** The stamp of the one before it: so it is seen when that is not the one that was read. */
  readonly before: string
}

/** Those of one stream. Throws when they are not ours. */
export function entriesOf(reply: unknown): readonly StreamEntry[] {
  return listOf(reply).map(toEntry)
}

/** What XREAD answers about one stream. Nothing: none. */
export function readEntries(reply: unknown): readonly StreamEntry[] {
  if (reply === null) return []
  const [stream] = listOf(reply)
  return entriesOf(listOf(stream)[1])
}

function toEntry(reply: unknown): StreamEntry {
  const [id, list] = listOf(reply)
  const [position = '', stamp = ''] = textOf(id).split('-')
  const fields = fieldsOf(list)
  const sequence = textOf(fields.get(ENTRY.sequence))
  return {
    topic: textOf(fields.get(ENTRY.topic)),
    text: textOf(fields.get(ENTRY.text)),
    from: textOf(fields.get(ENTRY.from)),
    ...(sequence !== '' && { sequence: Number(sequence) }),
    position: Number(position),
    stamp,
    before: textOf(fields.get(ENTRY.before)),
  }
}
