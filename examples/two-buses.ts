// A bridge joins a bus and a transport. This transport stays within the process, and carries events as JSON text.
import { bridge, createBus, createMemoryMesh } from '@heliobus/core'

const shop = createBus({ source: 'shop' })
const mail = createBus({ source: 'mail' })

const mesh = createMemoryMesh()
await bridge(shop, mesh, { send: ['order.**'] })
await bridge(mail, mesh)

mail.subscribe('**', ({ type, source, hops }) => console.log(`mail: ${type}, from ${source}, hops ${hops}`))
mail.subscribe('order.paid', ({ subject, correlationId }) =>
  mail.publish('mail.sent', {}, { subject, correlationId }),
)

const sent = shop.waitFor('mail.sent')
shop.publish('stock.counted', {}) // not in `send`: it stays in the shop
const paid = shop.publish('order.paid', { total: 12 }, { subject: 'o7' })

const answer = await sent
console.log(`shop: ${answer.type}, about ${answer.subject}, from ${answer.source}, hops ${answer.hops}`)
console.log(`one flow: ${answer.correlationId === paid.correlationId}`)

// Bridges close with their buses.
await Promise.all([shop.close(), mail.close()])

// prints:
// mail: order.paid, from shop, hops 1
// mail: mail.sent, from mail, hops 0
// shop: mail.sent, about o7, from mail, hops 1
// one flow: true
