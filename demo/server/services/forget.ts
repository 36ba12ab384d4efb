import { createClient } from 'redis'
import type { StreamsPlace } from './streams.ts'

/** Removes all that a demo has left in Redis. */
export async function forget({ url, namespace }: StreamsPlace): Promise<void> {
  const client = createClient({ url, socket: { reconnectStrategy: false } })
  client.on('error', () => undefined) // what fails rejects, too
  await client.connect()
  try {
    for await (const keys of client.scanIterator({ MATCH: `${namespace}:*`, COUNT: 1_000 }))
      if (keys.length > 0) await client.unlink(keys)
  } finally {
    client.destroy()
  }
}
