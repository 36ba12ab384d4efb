import type { AlertRule } from '@heliobus/core'

/** When somebody should look. One mail that was given up is bad luck; three within a minute are a service that is down. */
export const alertRules: readonly AlertRule[] = [
  { on: 'dead-letters', name: 'given-up', threshold: 3, window: 60_000 },
  { on: 'failures', name: 'failing', threshold: 20, window: 10_000 },
  { on: 'slow', name: 'slow', threshold: 5, window: 60_000, slowerThan: 5_000 },
]
