import { expectTypeOf, test } from 'vitest'
import { type AnyBus, type Bridge, bridge, createBus, createMemoryMesh } from '../src/index.ts'
import { shop, UserCreated } from './shop.ts'

const bus = createBus({ catalog: shop })
const mesh = createMemoryMesh()

test('the patterns of a bridge are checked against the catalog of the bus', async () => {
  expectTypeOf(bridge(bus, mesh)).resolves.toEqualTypeOf<Bridge>()
  await bridge(bus, mesh, { send: ['user.*', UserCreated], accept: ['**'], relay: true })
  // @ts-expect-error no topic in the catalog matches usr.*
  await bridge(bus, mesh, { send: ['usr.*'] })
  // @ts-expect-error no topic in the catalog matches order.paid
  await bridge(bus, mesh, { accept: ['user.**', 'order.paid'] })
})

test('without a catalog, and for code that works with any bus, every pattern goes', async () => {
  await bridge(createBus(), mesh, { send: ['usr.*'] })
  const patterns: string[] = ['usr.*']
  await bridge(bus, mesh, { send: patterns })
  const anyBus = (one: AnyBus): Promise<Bridge> => bridge(one, mesh, { send: ['usr.*'] })
  expectTypeOf(anyBus).parameter(0).toEqualTypeOf<AnyBus>()
  await anyBus(bus)
})
