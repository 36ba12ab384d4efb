// A hub with a bus of its own, a bus on the other side of a WebSocket, and a client that was written by hand.
import { bridge, createBus } from '@heliobus/core'
import { webSocket } from '@heliobus/websocket'
import { createHub } from '@heliobus/websocket/hub'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { WebSocket } from 'ws'
import { joinHub } from './websocket-by-hand.ts'

const hub = createHub({
  origins: ['https://shop.example'], // the pages that may connect
  allowNoOrigin: true, // and what is no browser
  authenticate: (_, { token }) => (token === 'secret' ? { id: 'till' } : undefined),
  authorize: () => ({ publish: ['order.*'], subscribe: ['order.*'] }),
})
const server = createServer()
hub.attach(server, '/bus')
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const address = server.address()
const url = `ws://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/bus`

const shop = createBus({ source: 'shop' })
await bridge(shop, hub, { send: ['order.*'] })

const till = createBus({ source: 'till' })
await bridge(till, webSocket(url, { WebSocket, token: 'secret' }), { send: ['order.*'] })

shop.subscribe('order.placed', ({ source, data }, context) => {
  console.log('shop:', source, 'has placed', data)
  context.publish('order.paid', data)
})

const atTill = till.waitFor('order.paid')
const byHand = await new Promise<{ close(): void }>((resolve) => {
  const client = joinHub({
    url,
    token: 'secret',
    patterns: ['order.paid'],
    onEvent({ source, type, data }) {
      console.log('by hand:', source, 'says', type, data)
      resolve(client)
    },
    onGap: (reason) => console.log('missed something:', reason),
  })
  client.publish('order.placed', { total: 12 })
})
console.log('till:', (await atTill).data)

byHand.close()
await Promise.all([till.close(), shop.close()])
await hub.close()
server.close()

// prints:
// shop: by-hand has placed { total: 12 }
// by hand: shop says order.paid { total: 12 }
// till: { total: 12 }
