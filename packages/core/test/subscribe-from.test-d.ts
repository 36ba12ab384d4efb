import { expectTypeOf, test } from 'vitest'
import * as z from 'zod'
import {
  type BusEvent,
  createBus,
  createMemoryLog,
  defineCatalog,
  defineEvent,
  historyFrom,
  subscribeFrom,
} from '../src/index.ts'

const UserCreated = defineEvent('user.created', { data: z.object({ name: z.string() }) })
const OrderPaid = defineEvent('order.paid', { data: z.object({ total: z.number() }) })
const bus = createBus({ catalog: defineCatalog(UserCreated, OrderPaid) })
const log = createMemoryLog()

test('the handler, and the filter, get what the patterns let through', () => {
  subscribeFrom(bus, log, 'user.*', ({ data }) => void expectTypeOf(data).toEqualTypeOf<{ name: string }>())
  subscribeFrom(bus, log, OrderPaid, ({ data }) => data.total.toFixed(), {
    where: ({ data }) => data.total > 7,
  })
  subscribeFrom(
    bus,
    log,
    ['order.paid', UserCreated],
    ({ type }) => void expectTypeOf(type).toEqualTypeOf<'order.paid' | 'user.created'>(),
  )
  subscribeFrom(createBus(), log, 'a', ({ data }) => void expectTypeOf(data).toBeUnknown())
})

test('a pattern that lets nothing through is refused, with its name', () => {
  // @ts-expect-error no topic in the catalog matches usr.*
  subscribeFrom(bus, log, 'usr.*', () => undefined)
})

test('what a log has no word for is refused', () => {
  // @ts-expect-error 'replay' does not exist
  subscribeFrom(bus, log, 'user.*', () => undefined, { replay: 'all' })
})

test('a history from a log is of any type, for any bus', () => {
  expectTypeOf(historyFrom(bus, log, OrderPaid)).resolves.toEqualTypeOf<BusEvent[]>()
  expectTypeOf(historyFrom(bus.scope('users'), log)).resolves.toEqualTypeOf<BusEvent[]>()
})
