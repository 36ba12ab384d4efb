import { defineCatalog } from '@heliobus/core'
import type { ObservatoryBus } from '../catalog/catalog.ts'
import { PaymentCompleted, PRODUCTS, StockLow } from '../catalog/shop.ts'
import { answer } from './answer.ts'
import type { Module } from './module.ts'

const FULL = 12
const LOW = 5

const speaks = defineCatalog(PaymentCompleted, StockLow)

/** Takes what was sold out of stock, and says when a product runs out; the shelf is filled up at once. */
export function startInventory(observatory: ObservatoryBus): Module {
  const bus = observatory.scope('inventory', speaks)
  const stock = new Map<string, number>(PRODUCTS.map((product) => [product, FULL]))

  bus.subscribe(PaymentCompleted, (event) => {
    const { product, quantity } = event.data
    const left = Math.max(0, (stock.get(product) ?? FULL) - quantity)
    stock.set(product, left < LOW ? FULL : left)
    if (left < LOW) answer(event, (options) => bus.publish(StockLow({ product, left }, options)))
  })

  return {
    scope: bus,
    stateLine: () => `${[...stock.values()].reduce((sum, left) => sum + left, 0)} pieces in stock`,
  }
}
