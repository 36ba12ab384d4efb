import { setImmediate } from 'node:timers/promises'

/** Gathers the ids of a turn, and sends them together; resolves when they are sent. */
export function createNotes(send: (ids: readonly string[]) => Promise<void>): (id: string) => Promise<void> {
  let ids: string[] = []
  let sent: Promise<void> | undefined
  const sendAll = async (): Promise<void> => {
    await setImmediate()
    const gathered = ids
    ids = []
    sent = undefined
    await send(gathered)
  }
  return (id) => {
    ids.push(id)
    return (sent ??= sendAll())
  }
}
