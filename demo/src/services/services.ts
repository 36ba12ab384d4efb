import type { Clock } from '@heliobus/core'
import type { MailService } from './mail-service.ts'

/** What modules need beside the bus. Each other they don't need: they speak by events. */
export interface Services {
  readonly clock: Clock
  readonly mail: MailService
}
