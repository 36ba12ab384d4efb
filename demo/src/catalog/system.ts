import { defineEvent } from '@heliobus/core'
import * as z from 'zod'

export const SystemStartup = defineEvent('system:startup', {
  data: z.object({ modules: z.int().nonnegative() }),
  summary: 'The observatory opened',
  trigger: 'All its modules have started',
  producer: 'system',
  consumers: { analytics: 'begins a session' },
  examples: [{ modules: 13 }],
})

export const PluginExecuted = defineEvent('plugin_executed', {
  data: z.object({ plugin: z.string(), user: z.string(), execution_time: z.number().nonnegative() }),
  summary: 'A plugin did its work; execution_time is in ms',
  trigger: 'A plugin was called',
  producer: 'plugins',
  consumers: { analytics: 'adds up use and time' },
  examples: [{ plugin: 'sunrise', user: 'u7-1', execution_time: 12 }],
})

export const ProfileCalculated = defineEvent('module.profile.calculated', {
  data: z.object({ profile_id: z.string() }),
  summary: 'A person’s profile was calculated',
  trigger: 'A new person, or new birth data',
  producer: 'profile',
  consumers: { analytics: 'counts calculations' },
  examples: [{ profile_id: 'profile-u7-1' }],
})

export const ModuleError = defineEvent('module.error', {
  data: z.object({
    module: z.string(),
    code: z.enum(['gave_up', 'ephemeris_unavailable', 'feed_stale', 'quota_exceeded']),
  }),
  summary: 'A module could not do its work',
  trigger: 'It gave up on an event, or something outside of it failed',
  producer: 'watchdog',
  consumers: { analytics: 'counts errors', notification: 'calls the operator' },
  examples: [{ module: 'transits', code: 'ephemeris_unavailable' }],
})
