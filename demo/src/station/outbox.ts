import { indexedDbOutbox, type IndexedDbOutbox } from '@heliobus/websocket/indexeddb'

/** One for all tabs: one of them sends what any has published. */
const NAME = 'heliobus-observatory-outbox'

/** Where events wait for the hub, over a reload, too. Undefined when this browser keeps nothing: then they wait in memory. */
export async function openOutbox(): Promise<IndexedDbOutbox | undefined> {
  try {
    const outbox = indexedDbOutbox(NAME)
    await outbox.waiting()
    return 'locks' in navigator ? outbox : undefined
  } catch {
    return undefined
  }
}
