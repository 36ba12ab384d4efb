import { defineEvent } from '@heliobus/core'
import * as z from 'zod'

export const PRODUCTS = ['star chart', 'orrery', 'sextant', 'moon lamp', 'prism', 'eyepiece'] as const

export const ItemCreated = defineEvent('item.created', {
  data: z.object({ item_id: z.string(), owner_id: z.string(), title: z.string() }),
  summary: 'Somebody made an item',
  trigger: 'The item was stored',
  producer: 'items',
  consumers: { notification: 'tells the owner’s friends', search: 'indexes the item' },
  examples: [{ item_id: 'item-7-2', owner_id: 'u7-1', title: 'Notes on the orrery' }],
})

export const PaymentCompleted = defineEvent('order.payment.completed', {
  data: z.object({
    order_id: z.string(),
    product: z.enum(PRODUCTS),
    quantity: z.int().positive(),
    amount_cents: z.int().nonnegative(),
  }),
  summary: 'An order is paid',
  trigger: 'The payment provider confirmed',
  producer: 'orders',
  consumers: { inventory: 'takes the goods out of stock', analytics: 'adds up the revenue' },
  examples: [{ order_id: 'order-7-5', product: 'orrery', quantity: 1, amount_cents: 12_900 }],
})

export const StockLow = defineEvent('inventory.stock.low', {
  data: z.object({ product: z.enum(PRODUCTS), left: z.int().nonnegative() }),
  summary: 'A product is running out',
  trigger: 'Fewer than five left after an order',
  producer: 'inventory',
  consumers: { notification: 'asks purchasing for more' },
  examples: [{ product: 'orrery', left: 4 }],
})
