import { type Bus, exponential } from '@heliobus/core'

/** Whether mails can be sent; a letter that was given up can be redriven once they can. */
export const mail = { works: false }

/** Adds handlers that publish in turn, fail at first, fail for good, or are overrun: what retries and traces look like. */
export function addFlows(bus: Bus): void {
  const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
  const retry = exponential({ first: 400, factor: 2 })
  bus.subscribe(
    'shop.basket.ordered',
    async (event, context) => {
      await wait(20)
      context.publish('shop.invoice.written', { ...dataOf(event), total: 42 })
      context.publish('shop.stock.reserved', dataOf(event))
    },
    { name: 'checkout' },
  )
  bus.subscribe(
    'shop.invoice.written',
    async (event, context) => {
      await wait(8)
      context.publish('shop.mail.requested', { ...dataOf(event), template: 'invoice' })
    },
    { name: 'bookkeeping' },
  )
  bus.subscribe(
    'shop.stock.reserved',
    async (event, context) => {
      await wait(15)
      if (context.attempt === 1) throw new Error('The shelf is locked by another reservation')
      context.publish('shop.parcel.packed', dataOf(event))
    },
    { name: 'warehouse', retry },
  )
  bus.subscribe(
    'shop.mail.*',
    async (event) => {
      await wait(30)
      if (!mail.works) throw new Error(`SMTP: 421 no service for ada.${dataOf(event).basket}@example.org`)
    },
    { name: 'postman', retry },
  )
  bus.subscribe('shop.**', () => {}, { name: 'journal' })
  bus.subscribe('shop.parcel.packed', () => wait(1_500), {
    name: 'courier',
    order: 'serial',
    queue: { limit: 1, overflow: 'newest' },
  })
}

/** Begins the n-th flow. */
export function orderBasket(bus: Bus, n: number): void {
  bus.publish('shop.basket.ordered', { basket: n, items: [{ sku: `sku-${n % 5}`, amount: 1 + (n % 3) }] })
}

function dataOf({ data }: { readonly data: unknown }): { readonly basket: number } {
  const basket = typeof data === 'object' && data !== null && 'basket' in data ? Number(data.basket) : 0
  return { basket }
}
