import { expectTypeOf, test } from 'vitest'
import * as z from 'zod'
import {
  type AnyBus,
  type AnyDefinition,
  type Bus,
  type BusEvent,
  createBus,
  defineCatalog,
  defineEvent,
} from '../src/index.ts'
const UserCreated = defineEvent('user.created', {
  data: z.object({ name: z.string(), age: z.coerce.number().default(1) }),
})
const OrderPaid = defineEvent('order:paid', { data: z.object({ total: z.number() }) })
const Deep = defineEvent('cosmic.solar_storm.detected', { data: z.object({ kp: z.number() }) })
const catalog = defineCatalog(UserCreated, OrderPaid, Deep)
const bus = createBus({ catalog })
const d: AnyDefinition = UserCreated
test('x', () => {
  bus.subscribe('user.*', (e) => {
    expectTypeOf(e.data.age).toBeNumber()
  })
  bus.subscribe(['user.*', 'order.*'], (e) => {
    expectTypeOf(e.type).toEqualTypeOf<'user.created' | 'order:paid'>()
  })
  bus.subscribe([UserCreated, 'order.*'], (e) => {
    expectTypeOf(e.type).toEqualTypeOf<'user.created' | 'order:paid'>()
  })
  bus.subscribe(UserCreated, (e) => {
    expectTypeOf(e.type).toEqualTypeOf<'user.created'>()
  })
  bus.subscribe('nothing.*', (e) => {})
  bus.subscribe(['user.*', 'nothing.*'], (e) => {})
  const id = 'a' as string
  bus.subscribe(`user.${id}`, (e) => {
    expectTypeOf(e.type).toEqualTypeOf<1>()
  })
  bus.subscribe(id, (e) => {
    expectTypeOf(e.type).toEqualTypeOf<1>()
  })
  bus.subscribe([id], (e) => {
    expectTypeOf(e.type).toEqualTypeOf<1>()
  })
  bus.subscribe([id] as string[], (e) => {
    expectTypeOf(e.type).toEqualTypeOf<1>()
  })
  const any: AnyBus = bus
  const any2: AnyBus = createBus()
  bus.publish('nope', {})
  bus.publish('user.created', {})
  bus.publish(Deep({ kp: 1 }))
  bus.publish(defineEvent('zz', { data: z.string() })('a'))
  bus.observe('nothing')
  bus.waitFor('nothing')
  bus.iterate('nothing')
  bus.history('nothing')
  bus.subscribe(d, () => {})
  bus.observe('**').subscribe((e) => {
    if (e.type === 'user.created') expectTypeOf(e.data).toEqualTypeOf<{ name: string; age: number }>()
  })
})
