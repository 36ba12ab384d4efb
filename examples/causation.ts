// An event that is published inside a handler knows its cause. After an `await` the handler's context knows it.
import { createBus, trace, type TraceNode } from '@heliobus/core'

const bus = createBus({ logger: { log: ({ error }) => console.log(String(error)) } })

bus.subscribe('storm.detected', () => bus.publish('memory.invalidated', {}), { name: 'invalidate' })
bus.subscribe(
  'memory.invalidated',
  async (_, context) => {
    await Promise.resolve()
    context.publish('synthesis.made', {})
  },
  { name: 'synthesize' },
)
bus.subscribe('storm.*', () => bus.publish('people.warned', {}), { name: 'warn' })

const storm = bus.publish('storm.detected', { kp: 8 })
await bus.drain()

function print({ event, effects }: TraceNode, depth = 0): void {
  console.log(`${'  '.repeat(depth)}${event.type}`)
  for (const effect of effects) print(effect, depth + 1)
}
print(trace(bus, storm.id)!)
console.log('one flow:', new Set(bus.history().map(({ correlationId }) => correlationId)).size === 1)

// Events that cause each other in circles are found, and the circle is named.
bus.subscribe('price.changed', () => bus.publish('stock.valued', {}), { name: 'value', retry: false })
bus.subscribe('stock.valued', () => bus.publish('price.changed', {}), { name: 'reprice', retry: false })
bus.publish('price.changed', { cents: 900 })

// prints:
// storm.detected
//   memory.invalidated
//     synthesis.made
//   people.warned
// one flow: true
// BusError: events cause each other in circles, 100 deep: price.changed → (value) → stock.valued → (reprice) → price.changed; publish only when something has changed
