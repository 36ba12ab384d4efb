// `waitFor` is a promise of the next event that fits. The clock stands still, so the timeout takes no time.
import { createBus, isBusError } from '@heliobus/core'
import { createManualClock } from '@heliobus/testing'

const clock = createManualClock()
const bus = createBus({ clock })

const paid = bus.waitFor('order.paid', { where: (event) => event.subject === 'o7' })
bus.publish('order.paid', { total: 5 }, { subject: 'o1' })
bus.publish('order.paid', { total: 12 }, { subject: 'o7' })
const { subject, data } = await paid
console.log(subject, data)

const late = bus.waitFor('order.shipped', { timeout: 60_000 })
clock.advance(60_000)
try {
  await late
} catch (error) {
  if (!isBusError(error, 'wait-timeout')) throw error
  console.log(error.message)
}
console.log(`left behind: ${bus.subscriptions().length} subscriptions, ${clock.pending} timers`)

// prints:
// o7 { total: 12 }
// no event matched "order.shipped" within 60000 ms
// left behind: 0 subscriptions, 0 timers
