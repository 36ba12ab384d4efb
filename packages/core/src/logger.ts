/** How much a bus says, from nothing to everything. */
export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug'

/** One line of a log. Never holds an event's data: what is secret there must not reach a log. */
export interface LogLine {
  readonly level: Exclude<LogLevel, 'silent'>
  /** The source name of the bus. */
  readonly bus: string
  readonly message: string
  readonly event?: {
    readonly id: string
    readonly type: string
    readonly source: string
    readonly correlationId: string
  }
  readonly handler?: string
  /** Which call with this event it was; 1 is the first. */
  readonly attempt?: number
  readonly error?: unknown
}

/** Takes what a bus has to say. One that throws is ignored. */
export interface Logger {
  /** Lines above this level are not made. Default `error`. */
  readonly level?: LogLevel
  log(line: LogLine): void
}

const ranks: Readonly<Record<LogLevel, number>> = { silent: 0, error: 1, warn: 2, info: 3, debug: 4 }

/** Writes to the console, by default errors only: what a bus does when no logger is given. */
export function consoleLogger(level: LogLevel = 'error'): Logger {
  return {
    level,
    log: ({ level: own, bus, message, event, error }) => {
      const about = event === undefined ? '' : ` (${event.type} ${event.id})`
      console[own](`[${bus}] ${message}${about}`, ...(error === undefined ? [] : [error]))
    },
  }
}

/** A bus's own pen: knows the level and the name, and never throws. */
export class Log {
  readonly #logger: Logger
  readonly #bus: string
  readonly #rank: number

  constructor(logger: Logger, bus: string) {
    this.#logger = logger
    this.#bus = bus
    this.#rank = ranks[logger.level ?? 'error']
  }

  /** `facts` is a function: below the level nothing is made. */
  write(level: LogLine['level'], facts: () => Omit<LogLine, 'level' | 'bus'>): void {
    if (ranks[level] > this.#rank) return
    try {
      this.#logger.log({ level, bus: this.#bus, ...facts() })
    } catch {
      // A broken logger must not break deliveries, and there is no one left to tell.
    }
  }
}
