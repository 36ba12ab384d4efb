// Runs in a process of its own: a hub that floods its clients when it is told to, and says by how much it has grown.
import { bridge, createBus } from '@heliobus/core'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { setImmediate } from 'node:timers/promises'
import { createHub, createMemoryHistory, type HubOptions } from '../../src/hub/index.ts'

const COUNT = 600
const payload = 'x'.repeat(60_000)

declare const gc: () => void

const limits = JSON.parse(
  process.argv[2] ?? '{}',
  (_, value: unknown) => value ?? Number.POSITIVE_INFINITY,
) as NonNullable<HubOptions['limits']>

const hub = createHub({
  origins: [],
  allowNoOrigin: true,
  authenticate: () => ({ id: 'anybody' }),
  authorize: () => ({ publish: [], subscribe: ['**'] }),
  history: createMemoryHistory({ characters: 2_000_000 }),
  limits: { slowFor: 60_000, ...limits },
})
const server = createServer()
hub.attach(server, '/bus')
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const bus = createBus({ history: { capacity: 0 } })
await bridge(bus, hub, { send: ['**'] })
await flood() // what a process takes in any case it has taken
process.send?.(server.address())

/** Answers with the most that the process has grown meanwhile, in bytes. */
async function flood(): Promise<number> {
  gc()
  const before = process.memoryUsage().rss
  let most = 0
  for (let n = 0; n < COUNT; n++) {
    bus.publish('load', { n, payload })
    if (n % 10 === 9) await setImmediate()
    if (n % 50 !== 49) continue
    gc() // garbage is not what is measured
    most = Math.max(most, process.memoryUsage().rss - before)
  }
  return most
}

process.on('message', () => void flood().then((bytes) => process.send?.(bytes)))
