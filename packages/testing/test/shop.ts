import { defineCatalog, defineEvent, type Schema } from '@heliobus/core'

/** Data that are taken as they come: these tests are not about schemas. */
function data<T>(): Schema<T, T> {
  return { '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value: value as T }) } }
}

export const OrderPaid = defineEvent('order.paid', { data: data<{ id: string; total: number }>() })
export const MailQueued = defineEvent('mail.queued', { data: data<{ to: string }>() })

export const shop = defineCatalog(OrderPaid, MailQueued)
