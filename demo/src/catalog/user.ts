import { defineEvent } from '@heliobus/core'
import * as z from 'zod'

const registered = z.object({ user_id: z.string(), email: z.email() })

export const UserRegistered = defineEvent('user:registered', {
  // A careless form sends its password along. It stays in the tab: no bridge, no log and no panel gets it.
  data: registered.extend({ password: z.string().optional() }),
  sensitive: ['password'],
  summary: 'Somebody signed up',
  trigger: 'The sign-up form was sent',
  producer: 'accounts',
  consumers: { accounts: 'opens the account' },
  examples: [{ user_id: 'u7-1', email: 'vera.1@example.org' }],
})

export const UserLogin = defineEvent('user:login', {
  data: z.object({ user_id: z.string() }),
  summary: 'Somebody logged in',
  trigger: 'A correct password, or a session renewed',
  producer: 'accounts',
  consumers: { analytics: 'counts visits' },
  examples: [{ user_id: 'u7-1' }],
})

export const UserCreated = defineEvent('user.created', {
  data: registered.extend({ full_name: z.string().optional() }),
  summary: 'A user exists from now on',
  trigger: 'A registration was stored',
  producer: 'accounts',
  consumers: { profile: 'begins a profile' },
  examples: [{ user_id: 'u7-1', email: 'vera.1@example.org', full_name: 'Vera Rubin' }],
})

export const UserUpdated = defineEvent('user.updated', {
  data: z.object({ user_id: z.string(), changed: z.array(z.enum(['email', 'full_name'])).min(1) }),
  summary: 'A user changed name or address',
  trigger: 'The account page was saved',
  producer: 'accounts',
  consumers: { search: 'indexes the person anew' },
  examples: [{ user_id: 'u7-1', changed: ['full_name'] }],
})

export const UserDeleted = defineEvent('user.deleted', {
  data: z.object({ user_id: z.string() }),
  summary: 'A user is gone',
  trigger: 'The account was deleted and its row with it',
  producer: 'accounts',
  consumers: { search: 'takes the person out of the index' },
  examples: [{ user_id: 'u7-1' }],
})

export const BirthDataUpdated = defineEvent('user.birth_data.updated', {
  data: z.object({ changed: z.array(z.enum(['date', 'time', 'place'])).min(1) }),
  summary: 'A user corrected date, time or place of birth',
  trigger: 'The birth data form was saved',
  producer: 'accounts',
  consumers: {
    profile: 'calculates the profile anew',
    solar_tracking: 'recalculates how storms touch the person',
    transits: 'recalculates the natal positions',
    synthesis: 'forgets the person’s synthesis and triggers a new one',
  },
  examples: [{ changed: ['time'] }],
})

export const PreferencesChanged = defineEvent('user.preferences.changed', {
  data: z.object({ changed: z.array(z.enum(['language', 'theme', 'digest'])).min(1) }),
  summary: 'A user changed preferences',
  trigger: 'The preferences page was saved',
  producer: 'accounts',
  consumers: { profile: 'takes the new preferences over' },
  examples: [{ changed: ['language', 'digest'] }],
})
