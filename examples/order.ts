// One order for all handlers: higher priority first, then as subscribed. A publish inside a handler waits its turn.
import { createBus } from '@heliobus/core'

const bus = createBus()

bus.subscribe('order.paid', () => {
  console.log('first: order.paid, publishes mail.queued and stock.reserved')
  bus.publish('mail.queued', {})
  bus.publish('stock.reserved', {})
})
bus.subscribe('mail.queued', () => {
  console.log('first: mail.queued, publishes mail.sent')
  bus.publish('mail.sent', {})
})
bus.subscribe('**', (event) => console.log(`second: ${event.type}`))
bus.subscribe('order.*', (event) => console.log(`urgent: ${event.type}`), { priority: 10 })

bus.publish('order.paid', {})
console.log('publish has returned')

// prints:
// urgent: order.paid
// first: order.paid, publishes mail.queued and stock.reserved
// second: order.paid
// first: mail.queued, publishes mail.sent
// second: mail.queued
// second: stock.reserved
// second: mail.sent
// publish has returned
