import * as z from 'zod'
import { defineCatalog, defineEvent } from '../src/index.ts'

export const UserCreated = defineEvent('user.created', { data: z.object({ name: z.string() }) })
export const UserDeleted = defineEvent('user.deleted', {
  data: z.object({ reason: z.string().default('asked') }),
})
export const UserLogin = defineEvent('user:login', { data: z.object({ device: z.string() }) })
export const OrderPaid = defineEvent('order.payment.completed', {
  data: z.object({ orderId: z.string(), total: z.number().positive() }),
  version: 2,
  key: (event) => event.data.orderId,
})

/** A small catalog for tests. */
export const shop = defineCatalog(UserCreated, UserDeleted, UserLogin, OrderPaid)
