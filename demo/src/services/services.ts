import type { Clock } from '@heliobus/core'
import type { Answer } from '../modules/answer.ts'
import type { MailService } from './mail-service.ts'

/** What modules need beside the bus. Each other they don't need: they speak by events. */
export interface Services {
  readonly clock: Clock
  readonly mail: MailService
  /** Whether services run here alone, for all tabs; else each tab cares for what was published in it. Default false. */
  readonly isOnlyPlace?: boolean
  /** How modules that run here alone answer. Default: as `answer` does. */
  readonly answer?: Answer
}
