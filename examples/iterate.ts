// Events for `for await`. What comes while the loop body runs waits in a bounded queue.
import { createBus } from '@heliobus/core'

const bus = createBus()

// The subscription begins here, so nothing is missed before the first turn of the loop.
const jobs = bus.iterate('job.*', { limit: 3 })
for (const job of ['job.a', 'job.b', 'job.c', 'job.d']) bus.publish(job, {})

// The queue holds three: the oldest was dropped, and counted.
console.log(`dropped: ${bus.stats().dropped.iterators}`)

for await (const { type } of jobs) {
  console.log(type)
  if (type === 'job.c') bus.publish('job.last', {})
  if (type === 'job.last') break
}
console.log(`subscriptions: ${bus.subscriptions().length}`)

// prints:
// dropped: 1
// job.b
// job.c
// job.d
// job.last
// subscriptions: 0
