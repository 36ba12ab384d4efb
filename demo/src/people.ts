import { AccountDeleted, PasswordResetRequested, SubscriptionUpdated } from './catalog/account.ts'
import { ItemCreated, PaymentCompleted, PRODUCTS } from './catalog/shop.ts'
import { CalendarEventCreated, TaskCompleted } from './catalog/task.ts'
import {
  BirthDataUpdated,
  PreferencesChanged,
  UserLogin,
  UserRegistered,
  UserUpdated,
} from './catalog/user.ts'
import type { Chance } from './chance.ts'
import type { Random } from './random.ts'

const subjects = ['aurora', 'comet', 'eclipse', 'meteor', 'nebula', 'sunspot'] as const
const moods = ['Bright', 'Distant', 'Faint', 'Green', 'Sudden'] as const

const id = (kind: string, random: Random): string => `${kind}-${random.whole(100_000, 999_999)}`

const day = (random: Random): string =>
  new Date(Date.UTC(2030, 0, random.whole(1, 365))).toISOString().slice(0, 10)

/** What people do. */
export const people: readonly Chance[] = [
  {
    weight: 8,
    happen: (_, user_id) => UserRegistered({ user_id, email: `${user_id}@example.org` }, { userId: user_id }),
  },
  { weight: 24, happen: (_, user_id) => UserLogin({ user_id }, { userId: user_id }) },
  {
    weight: 6,
    happen: (random, user_id) =>
      UserUpdated({ user_id, changed: [random.pick(['email', 'full_name'])] }, { userId: user_id }),
  },
  {
    weight: 5,
    happen: (random, userId) =>
      BirthDataUpdated({ changed: [random.pick(['date', 'time', 'place'])] }, { userId }),
  },
  {
    weight: 7,
    happen: (random, userId) =>
      PreferencesChanged({ changed: [random.pick(['language', 'theme', 'digest'])] }, { userId }),
  },
  {
    weight: 1,
    happen: (_, user_id) => AccountDeleted({ user_id, deletion_reason: 'user_request' }, { userId: user_id }),
  },
  {
    weight: 3,
    happen: (random, user_id) =>
      PasswordResetRequested({ user_id, reset_id: id('reset', random) }, { userId: user_id }),
  },
  {
    weight: 3,
    happen: (random, user_id) =>
      SubscriptionUpdated({ user_id, tier: random.pick(['free', 'plus', 'pro']) }, { userId: user_id }),
  },
  {
    weight: 12,
    happen: (random, owner_id) => {
      const title = `${random.pick(moods)} ${random.pick(subjects)}`
      return ItemCreated({ item_id: id('item', random), owner_id, title }, { userId: owner_id })
    },
  },
  {
    weight: 8,
    happen: (random, userId) => {
      const quantity = random.whole(1, 3)
      const order = { order_id: id('order', random), product: random.pick(PRODUCTS), quantity }
      return PaymentCompleted({ ...order, amount_cents: quantity * random.whole(900, 9_900) }, { userId })
    },
  },
  {
    weight: 6,
    happen: (random, user_id) =>
      CalendarEventCreated({ user_id, event_id: id('date', random), date: day(random) }, { userId: user_id }),
  },
  {
    weight: 5,
    happen: (random, user_id) => TaskCompleted({ user_id, task_id: id('task', random) }, { userId: user_id }),
  },
]
