import { createClient } from 'redis'

/** What is used of node-redis. */
export interface Bare {
  sendCommand<Reply>(command: readonly string[]): Promise<Reply>
  destroy(): void
}

/** The client at its fastest: without a timer for each command, and with replies as plain as they come. */
export function connectBare(url: string): Promise<Bare> {
  return createClient({
    url,
    RESP: 2,
    maintNotifications: 'disabled',
    commandOptions: { timeout: 0 },
  }).connect()
}

/** Empties streams. */
export async function trim(client: Bare, streams: readonly string[]): Promise<void> {
  await Promise.all(streams.map((stream) => client.sendCommand(['XTRIM', stream, 'MAXLEN', '0'])))
}
