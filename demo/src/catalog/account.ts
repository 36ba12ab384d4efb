import { defineEvent } from '@heliobus/core'
import * as z from 'zod'

export const AccountCreated = defineEvent('user.account.created', {
  data: z.object({
    user_id: z.string(),
    email: z.email(),
    registration_source: z.enum(['web', 'api', 'oauth']),
  }),
  summary: 'An account is open',
  trigger: 'New user registration completed',
  producer: 'accounts',
  consumers: { email: 'sends the welcome email', analytics: 'tracks the sign-up' },
  examples: [{ user_id: 'u7-1', email: 'vera.1@example.org', registration_source: 'web' }],
})

export const AccountDeleted = defineEvent('user.account.deleted', {
  data: z.object({ user_id: z.string(), deletion_reason: z.enum(['user_request', 'admin', 'inactivity']) }),
  summary: 'An account was closed',
  trigger: 'User account deletion',
  producer: 'accounts',
  consumers: {
    accounts: 'removes the user',
    profile: 'removes the profile',
    billing: 'cancels the subscription',
    analytics: 'tracks the loss',
  },
  examples: [{ user_id: 'u7-1', deletion_reason: 'user_request' }],
})

export const PasswordResetRequested = defineEvent('password.reset.requested', {
  // The token that resets the password never travels: the email service asks for it by this id.
  data: z.object({ user_id: z.string(), reset_id: z.string() }),
  summary: 'Somebody forgot a password',
  trigger: 'The reset form was sent with a known address',
  producer: 'accounts',
  consumers: { email: 'sends the link to the reset' },
  examples: [{ user_id: 'u7-1', reset_id: 'reset-7-3' }],
})

export const SubscriptionUpdated = defineEvent('subscription:updated', {
  data: z.object({ user_id: z.string(), tier: z.enum(['free', 'plus', 'pro']) }),
  summary: 'A subscription changed its tier',
  trigger: 'Upgraded, downgraded or cancelled',
  producer: 'billing',
  consumers: { analytics: 'counts subscribers by tier' },
  examples: [{ user_id: 'u7-1', tier: 'plus' }],
})

export const EmailSent = defineEvent('email.sent', {
  data: z.object({ user_id: z.string(), template: z.enum(['welcome', 'password_reset']) }),
  summary: 'An email is on its way',
  trigger: 'The mail server took it',
  producer: 'email',
  consumers: { email: 'counts what has gone out', analytics: 'counts mails' },
  examples: [{ user_id: 'u7-1', template: 'welcome' }],
})
