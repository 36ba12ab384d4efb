import { bridge, type Bus, createBus, createMemoryMesh } from '@heliobus/core'
import { until } from '@heliobus/testing'
import { webSocket } from '@heliobus/websocket'
import { createHub } from '@heliobus/websocket/hub'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { someServer } from '../world.ts'
import { Histories } from './histories.ts'

const url = await someServer()
const endings: (() => Promise<unknown> | void)[] = []

afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end()
})

/** Where a hub on this history listens; its own bus hears everything, too. */
async function hubOn(histories: Histories, own: Bus): Promise<string> {
  const hub = createHub({
    origins: [],
    allowNoOrigin: true,
    authenticate: (_, { token = 'nobody' }) => ({ id: token }),
    authorize: () => ({ publish: ['**'], subscribe: ['**'] }),
    history: await histories.open(url),
  })
  await bridge(own, hub, { send: ['**'] })
  const server = createServer()
  hub.attach(server, '/bus')
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  endings.push(
    () => void server.close(),
    () => hub.close({ timeout: 100 }),
  )
  const address = server.address()
  return `ws://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/bus`
}

/** A bus, and the ids of what its handler gets. */
function busOf(source: string): { readonly bus: Bus; readonly handled: string[] } {
  const bus = createBus({ source })
  const handled: string[] = []
  bus.subscribe('round.*', ({ id }) => void handled.push(id))
  endings.push(() => bus.close())
  return { bus, handled }
}

test.each([false, true])(
  'the smallest cyclic world, relays: %s: two hubs on one Redis, two tabs that know each other; each handles an event once',
  async (relay) => {
    const histories = new Histories()
    endings.push(() => histories.close())
    const [one, other, left, right] = [busOf('hub one'), busOf('hub other'), busOf('left'), busOf('right')]
    const mesh = createMemoryMesh()
    for (const [tab, hub] of [
      [left, one],
      [right, other],
    ] as const) {
      const address = await hubOn(histories, hub.bus)
      await bridge(tab.bus, mesh, { send: ['**'], relay })
      const transport = webSocket(address, { WebSocket, token: tab.bus.source })
      await bridge(tab.bus, transport, { send: ['**'], relay })
    }
    const all = [one, other, left, right]
    for (let round = 0; round < 20; round++) for (const { bus } of all) bus.publish('round.begun', round)
    await until(() => all.every(({ handled }) => handled.length >= 80), 'everybody has all')
    for (const { bus } of all) await bus.drain()
    const last = left.bus.publish('round.over', 0).id // what is still on its way comes before it
    await until(() => all.every(({ handled }) => handled.includes(last)), 'everybody has the last')
    for (const { handled } of all) expect([handled.length, new Set(handled).size]).toEqual([81, 81])
  },
)
