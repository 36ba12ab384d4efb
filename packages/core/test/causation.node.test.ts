import { describe, expect, it } from 'vitest'
import { createBus } from '../src/index.ts'
import { asyncCauses } from '../src/node.ts'

describe('in Node', () => {
  it('an event that is published after an await knows its cause, and who published it can be named', async () => {
    const bus = createBus({ causes: asyncCauses() })
    bus.subscribe('a', async () => {
      await new Promise((resolve) => setTimeout(resolve))
      bus.publish('b', 1)
    })
    const a = bus.publish('a', 1)
    await bus.drain()
    const [b] = bus.history('b')
    expect(b).toMatchObject({ causationId: a.id, correlationId: a.correlationId })
  })

  it('a cause is known across buses that share a store', async () => {
    const causes = asyncCauses()
    const [one, other] = [createBus({ causes }), createBus({ causes })]
    one.subscribe('a', async () => {
      await Promise.resolve()
      other.publish('b', 1)
    })
    const a = one.publish('a', 1)
    await one.drain()
    expect(other.history('b')[0]).toMatchObject({ causationId: a.id })
  })
})
