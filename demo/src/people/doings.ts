import { AccountDeleted, PasswordResetRequested, SubscriptionUpdated } from '../catalog/account.ts'
import type { ObservatoryDraft } from '../catalog/catalog.ts'
import { ItemCreated, PaymentCompleted, PRODUCTS } from '../catalog/shop.ts'
import { CalendarEventCreated, TaskCompleted } from '../catalog/task.ts'
import { UserLogin, UserUpdated } from '../catalog/user.ts'
import type { Chance } from '../chance.ts'
import type { Random } from '../random.ts'
import { changeBirthData, changePreferences } from './changes.ts'
import { personName } from './names.ts'
import type { Person } from './person.ts'

/** Something that people do. */
export interface Doing extends Chance {
  /** Whether this person can do it now. Default: everybody can. */
  readonly canBe?: (person: Person) => boolean
  /** Does it to the person, and tells of it. */
  readonly happen: (random: Random, person: Person) => ObservatoryDraft
}

const TIERS = ['free', 'plus', 'pro'] as const

const subjects = ['aurora', 'comet', 'eclipse', 'meteor', 'nebula', 'sunspot'] as const
const moods = ['Bright', 'Distant', 'Faint', 'Green', 'Sudden'] as const

const newId = (kind: string, random: Random): string => `${kind}-${random.whole(100_000, 999_999)}`

const dayOf2030 = (random: Random): string =>
  new Date(Date.UTC(2030, 0, random.whole(1, 365))).toISOString().slice(0, 10)

export const logIn: Doing = {
  weight: 24,
  happen: (_, person) => {
    person.hasLoggedIn = true
    return UserLogin({ user_id: person.id }, { userId: person.id })
  },
}

/** After it, the person is gone. */
export const leave: Doing = {
  weight: 1,
  happen: (_, { id }) => AccountDeleted({ user_id: id, deletion_reason: 'user_request' }, { userId: id }),
}

const rename: Doing = {
  weight: 5,
  happen: (random, person) => {
    person.name = personName(random)
    return UserUpdated({ user_id: person.id, changed: ['full_name'] }, { userId: person.id })
  },
}

const forgetPassword: Doing = {
  weight: 3,
  happen: (random, { id }) =>
    PasswordResetRequested({ user_id: id, reset_id: newId('reset', random) }, { userId: id }),
}

const changeTier: Doing = {
  weight: 3,
  happen: (random, person) => {
    // Each of the two others, so that something changes.
    const tier = TIERS[(TIERS.indexOf(person.tier) + random.whole(1, 2)) % TIERS.length] ?? 'free'
    person.tier = tier
    return SubscriptionUpdated({ user_id: person.id, tier }, { userId: person.id })
  },
}

const makeItem: Doing = {
  weight: 12,
  happen: (random, { id }) => {
    const title = `${random.pick(moods)} ${random.pick(subjects)}`
    return ItemCreated({ item_id: newId('item', random), owner_id: id, title }, { userId: id })
  },
}

const order: Doing = {
  weight: 8,
  happen: (random, { id }) => {
    const quantity = random.whole(1, 3)
    const goods = { order_id: newId('order', random), product: random.pick(PRODUCTS), quantity }
    return PaymentCompleted({ ...goods, amount_cents: quantity * random.whole(900, 9_900) }, { userId: id })
  },
}

const MOST_DATES = 5

const plan: Doing = {
  weight: 6,
  canBe: ({ dates }) => dates.length < MOST_DATES,
  happen: (random, { id, dates }) => {
    const event_id = newId('date', random)
    dates.push(event_id)
    return CalendarEventCreated({ user_id: id, event_id, date: dayOf2030(random) }, { userId: id })
  },
}

const finishTask: Doing = {
  weight: 6,
  canBe: ({ dates }) => dates.length > 0,
  happen: (_, { id, dates }) =>
    // The task manager calls the task after its date.
    TaskCompleted({ user_id: id, task_id: `task-${dates.shift() ?? ''}` }, { userId: id }),
}

const tellBirthData: Doing = { weight: 2, happen: changeBirthData }
const choosePreferences: Doing = { weight: 7, happen: changePreferences }

export const doings: readonly Doing[] = [
  logIn,
  leave,
  rename,
  forgetPassword,
  changeTier,
  makeItem,
  order,
  plan,
  finishTask,
  tellBirthData,
  choosePreferences,
]
