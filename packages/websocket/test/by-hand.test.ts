import { bridge, createBus } from '@heliobus/core'
import { until } from '@heliobus/testing'
import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { joinHub } from '../../../examples/websocket-by-hand.ts'
import { Proxy } from '../../testing/test/faults/proxy.ts'
import { createWorld, urlOf } from './world.ts'

test('the client that was written from the document alone loses nothing either, over a network that is cut', async () => {
  const world = await createWorld()
  const network = await Proxy.to(() => world.port)
  const bus = createBus({ source: 'hub' })
  const [atHub, atClient, gaps]: [unknown[], unknown[], string[]] = [[], [], []]
  bus.subscribe('up', ({ data }) => void atHub.push(data))
  await bridge(bus, world.hub, { send: ['down'] })
  const client = joinHub({
    url: urlOf(network),
    patterns: ['down'],
    onEvent: ({ data }) => atClient.push(data),
    onGap: (reason) => gaps.push(reason),
  })
  await until(() => world.hub.connections().length === 1, 'it is connected')
  for (let n = 0; n < 1_000; n++) {
    client.publish('up', n)
    bus.publish('down', n)
    if (n % 250 === 249) network.cut(n < 500 ? 'fin' : 'rst')
    if (n % 10 === 9) await setImmediate()
  }
  const all = Array.from({ length: 1_000 }, (_, n) => n)
  await until(() => atHub.length >= 1_000 && atClient.length >= 1_000, 'all arrive')
  expect(atHub).toEqual(all)
  expect([...new Set(atClient)]).toEqual(all)
  expect(gaps).toEqual([])
  client.close()
  await bus.close()
  await network.close()
  await world.close()
})
