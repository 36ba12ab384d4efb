// `observe` gives events as an RxJS Observable; it completes when the bus closes.
import { createBus, defineCatalog, defineEvent } from '@heliobus/core'
import { bufferCount, filter, map } from 'rxjs'
import * as z from 'zod'

const Measured = defineEvent('sensor.measured', {
  data: z.object({ sensor: z.string(), celsius: z.number() }),
})
const bus = createBus({ catalog: defineCatalog(Measured) })

const averages = bus.observe(Measured).pipe(
  filter(({ data }) => data.sensor === 'roof'),
  map(({ data }) => data.celsius),
  bufferCount(2),
  map(([first = 0, second = 0]) => (first + second) / 2),
)
averages.subscribe({
  next: (average) => console.log(`average: ${average}`),
  complete: () => console.log('complete'),
})

for (const celsius of [10, 20, 30, 50]) {
  bus.publish('sensor.measured', { sensor: 'roof', celsius })
  bus.publish('sensor.measured', { sensor: 'cellar', celsius: 8 })
}
await bus.close()

// prints:
// average: 15
// average: 40
// complete
