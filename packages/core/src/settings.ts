import { type AlertRule, usualAlerts } from './alerts.ts'
import type { BusOptions } from './bus-options.ts'
import { type Clock, systemClock } from './clock.ts'
import { createIds } from './id.ts'
import { consoleLogger, type Logger } from './logger.ts'
import type { Middleware } from './middleware.ts'
import { checkOption, isBound } from './option.ts'
import type { SlownessOptions } from './slowness.ts'

/** The options of a bus, complete and checked. */
export interface Settings {
  readonly source: string
  readonly clock: Clock
  readonly logger: Logger
  readonly newId: (time: number) => string
  readonly middleware: readonly Middleware[]
  readonly historyCapacity: number
  readonly lettersCapacity: number
  readonly strict: boolean
  readonly alerts: readonly AlertRule[]
  readonly slowness: SlownessOptions
  readonly maxDepth: number
  readonly largePayload: number
  readonly keepStacks: boolean
  readonly development: boolean
}

const MOST_KEPT = 2 ** 24

/** Throws `option-invalid`. */
export function settingsOf(options: BusOptions): Settings {
  return {
    ...usual,
    newId: createIds(),
    logger: consoleLogger(),
    ...withoutGaps(options),
    ...capacitiesOf(options),
  }
}

const usual = {
  source: 'bus',
  clock: systemClock,
  middleware: [],
  strict: false,
  alerts: usualAlerts,
  slowness: {},
  maxDepth: 100,
  largePayload: 65_536,
  keepStacks: false,
  development: false,
} as const

/** What is given as `undefined` is as good as not given. */
function withoutGaps<T extends object>(options: T): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same members but for those without a value
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T
}

function capacitiesOf({
  history,
  deadLetters,
}: BusOptions): Pick<Settings, 'historyCapacity' | 'lettersCapacity'> {
  return {
    historyCapacity: capacityOf('history', history?.capacity ?? 1_000),
    lettersCapacity: capacityOf('deadLetters', deadLetters?.capacity ?? 1_000),
  }
}

function capacityOf(option: string, capacity: number): number {
  const isFine = (value: number): boolean => isBound(value) && value <= MOST_KEPT
  checkOption(`${option}.capacity`, capacity, isFine, `must be a whole number up to ${MOST_KEPT}`)
  return capacity
}
