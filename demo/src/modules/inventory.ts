import { defineCatalog } from '@heliobus/core'
import type { ObservatoryBus } from '../catalog/catalog.ts'
import { PaymentCompleted, PRODUCTS, StockLow } from '../catalog/shop.ts'
import { createShelf } from '../services/shelf.ts'
import { answer } from './answer.ts'
import type { Module } from './module.ts'

const FULL = 12
const LOW = 5

const speaks = defineCatalog(PaymentCompleted, StockLow)

/** Takes what was sold out of stock, and says when a product runs out; the shelf is filled up at once. */
export function startInventory(observatory: ObservatoryBus): Module {
  const bus = observatory.scope('inventory', speaks)
  const shelf = createShelf(PRODUCTS, FULL)

  bus.subscribe(
    PaymentCompleted,
    async (event, context) => {
      const { product, quantity } = event.data
      const left = Math.max(0, (await shelf.count(product)) - quantity)
      await shelf.put(product, left < LOW ? FULL : left)
      if (left < LOW) answer(event, context, StockLow({ product, left }))
    },
    // Between reading and writing the shelf, the next order would sell the same piece again.
    { name: 'takeFromShelf', order: 'serial' },
  )

  return { scope: bus, stateLine: () => `${shelf.total()} pieces in stock` }
}
