import type { ObservatoryEvent } from '../catalog/catalog.ts'

/** What people are seen to do. */
export const DOINGS = [
  'user:registered',
  'user:login',
  'user.updated',
  'user.birth_data.updated',
  'user.preferences.changed',
  'user.account.deleted',
  'password.reset.requested',
  'subscription:updated',
  'item.created',
  'order.payment.completed',
  'calendar:event_created',
  'task_manager:task_completed',
] as const

type Doing = (typeof DOINGS)[number]
type Data = { readonly [D in Doing]: ObservatoryEvent<D>['data'] }

const euro = new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 })

const sentences: { readonly [D in Doing]: (data: Data[D]) => string } = {
  'user:registered': () => 'signed up',
  'user:login': () => 'logged in',
  'user.updated': () => 'changed the account',
  'user.birth_data.updated': ({ changed }) => `corrected the ${changed.join(', ')} of birth`,
  'user.preferences.changed': ({ changed }) => `changed the ${changed.join(', ')}`,
  'user.account.deleted': () => 'left',
  'password.reset.requested': () => 'asked for a new password',
  'subscription:updated': ({ tier }) => `is on ${tier} now`,
  'item.created': ({ title }) => `wrote “${title}”`,
  'order.payment.completed': ({ amount_cents, quantity, product }) =>
    `paid ${euro.format(amount_cents / 100)} for ${quantity} × ${product}`,
  'calendar:event_created': ({ date }) => `planned ${date}`,
  'task_manager:task_completed': () => 'finished a task',
}

/** What somebody did, to be read after their name. */
export function sentenceFor<D extends Doing>(type: D, data: Data[D]): string {
  return sentences[type](data)
}
