import { createRecordingPort, until } from '@heliobus/testing'
import { createClient } from 'redis'
import { expect, test } from 'vitest'
import { ask } from '../../../scripts/redis-server.mjs'
import { redisPubSub } from '../src/index.ts'
import { clients, startServer } from './world.ts'

/** Every key takes some time to load. Redis answers after each thousand. */
const slow = { appendonly: 'yes', 'key-load-delay': '300' }

const server = await startServer(slow)

test.each(clients)(
  'a Redis that still loads its data is not there yet (%s)',
  async (_, clientOf) => {
    const client = createClient({ url: server.url })
    await client.connect()
    await Promise.all(Array.from({ length: 4_000 }, (__, n) => client.set(`key ${n}`, 'x'.repeat(100))))
    client.destroy()
    const port = createRecordingPort()
    const transport = redisPubSub({ client: clientOf(server.url), namespace: 'loading', random: () => 0.02 })
    const link = await transport.open(port)

    await server.kill()
    await until(() => port.statuses.includes('lost'), 'the link is lost')
    const sent = link.send([])
    const started = server.start()
    await expect
      .poll(() => ask(server.port, 'PING').catch(() => ''), { timeout: 10_000, interval: 5 })
      .toContain('LOADING')
    expect(port.statuses).not.toContain('open')
    await started
    await until(() => port.statuses.at(-1) === 'open', 'the link is open again')
    await sent
    await link.close()
  },
  30_000,
)
