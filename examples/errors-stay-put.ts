// What a handler throws reaches neither the publisher nor another handler. `settled` tells what became of the event.
import { createBus } from '@heliobus/core'

const bus = createBus({
  logger: { log: ({ message, error }) => console.log(`log: ${message}, ${String(error)}`) },
})

bus.subscribe(
  'user.created',
  () => {
    throw new Error('no mail server')
  },
  { name: 'mail', retry: false },
)
bus.subscribe('user.created', async () => Promise.reject(new Error('disk full')), {
  name: 'index',
  retry: false,
})
bus.subscribe('user.*', () => console.log('audit goes on'), { name: 'audit' })

const event = bus.publish('user.created', { name: 'Ada' })
console.log('published')

const { outcomes } = await bus.settled(event)
for (const { handler, status } of outcomes) console.log(`${handler}: ${status}`)
console.log(`${bus.stats().failures} failures`)

// prints:
// log: the handler "mail" failed; it has given up after attempt 1, Error: no mail server
// audit goes on
// published
// log: the handler "index" failed; it has given up after attempt 1, Error: disk full
// mail: failed
// index: failed
// audit: handled
// 2 failures
