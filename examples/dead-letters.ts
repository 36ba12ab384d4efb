// A handler that fails is called again; what it gives up on is a dead letter, and can be redriven to it alone.
import { createBus, exponential } from '@heliobus/core'
import { createManualClock } from '@heliobus/testing'

const clock = createManualClock()
const bus = createBus({
  clock,
  logger: { level: 'warn', log: ({ message }) => console.log(`log: ${message}`) },
  alerts: [{ on: 'dead-letters', threshold: 1, window: 60_000 }],
})
bus.alerts$.subscribe(({ name }) => console.log(`alert: ${name}`))

let isMailServerDown = true
bus.subscribe(
  'user.created',
  () => {
    if (isMailServerDown) throw new Error('no mail server')
    console.log('welcome: sent')
  },
  // A random wait keeps handlers that failed together from coming back together; here it is always the longest.
  { name: 'welcome', retry: exponential({ attempts: 3, first: 1_000, random: () => 1 }) },
)
bus.subscribe('user.*', () => console.log('audit: noted'), { name: 'audit' })

bus.publish('user.created', { name: 'Ada' })
clock.advance(1_000)
clock.advance(4_000)

isMailServerDown = false
for (const { id, handler, event, attempts, error } of bus.deadLetters.list()) {
  console.log(`${handler} gave up on ${event.type} after ${attempts.length} attempts: ${String(error)}`)
  const [redriven] = await bus.deadLetters.redrive(id)
  console.log(`redriven: ${redriven?.status}, ${bus.deadLetters.size} letters left`)
}

// prints:
// log: the handler "welcome" failed; attempt 2 follows in 1000 ms
// audit: noted
// log: the handler "welcome" failed; attempt 3 follows in 4000 ms
// log: the handler "welcome" failed; it has given up after attempt 3
// log: alert "dead-letters": 1 × dead-letters within 60000 ms
// alert: dead-letters
// welcome gave up on user.created after 3 attempts: Error: no mail server
// welcome: sent
// redriven: handled, 0 letters left
