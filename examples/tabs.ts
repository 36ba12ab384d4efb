// What two tabs do, in one Node process: everybody who uses the channel's name hears everybody else.
import { broadcastChannel } from '@heliobus/broadcast-channel'
import { bridge, createBus } from '@heliobus/core'

/** The whole of a tab. An open channel keeps a Node process running only if it is told to. */
async function openTab(source: string) {
  const bus = createBus({ source })
  const link = await bridge(bus, broadcastChannel('shop', { keepAlive: true }))
  bus.subscribe('cart.*', (event) => console.log(`${source}: from ${event.source},`, event.data))
  return { bus, link }
}

const left = await openTab('left')
const right = await openTab('right')

const atRight = right.bus.waitFor('cart.changed')
left.bus.publish('cart.changed', { items: 1 })
await atRight

const atLeft = left.bus.waitFor('cart.changed')
right.bus.publish('cart.changed', { items: 2 })
await atLeft

await Promise.all([left.bus.close(), right.bus.close()])
console.log(left.link.status, right.link.status)

// prints:
// left: from left, { items: 1 }
// right: from left, { items: 1 }
// right: from right, { items: 2 }
// left: from right, { items: 2 }
// closed closed
