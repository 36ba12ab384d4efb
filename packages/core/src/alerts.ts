import { type Observable, Subject } from 'rxjs'
import type { Clock } from './clock.ts'
import type { BusEvent } from './event.ts'
import { checkOption, isCount } from './option.ts'
import { matches, parsePattern } from './topic.ts'

/** What is counted: events given up, calls that failed, calls that took long. */
export type AlertCause = 'dead-letters' | 'failures' | 'slow'

/** When an alert is raised: `threshold` times within `window`. */
export interface AlertRule {
  readonly on: AlertCause
  /** In alerts and in the topic of its event, `$alert.<name>`. Default: what it counts. */
  readonly name?: string
  /** Of which events. Default all. */
  readonly pattern?: string
  readonly threshold: number
  /** ms. */
  readonly window: number
  /** For `slow`: from how many ms on a call counts. Default 1,000. */
  readonly slowerThan?: number
}

/** One of the occasions behind an alert. */
export interface Evidence {
  readonly at: number
  readonly eventId: string
  readonly eventType: string
  readonly handler: string | undefined
  readonly ms: number | undefined
  readonly error: unknown
}

/** Too much of something in too short a time. Raised once; what comes in the rest of the window is part of it. */
export interface Alert {
  readonly name: string
  readonly on: AlertCause
  readonly pattern: string
  readonly threshold: number
  /** ms. */
  readonly window: number
  /** When it was raised, epoch ms. */
  readonly at: number
  /** The newest occasions, oldest first, at most 10. */
  readonly evidence: readonly Evidence[]
}

/** Something an alert may be about. */
export interface Occasion {
  readonly on: AlertCause
  readonly event: BusEvent
  readonly handler: string | undefined
  readonly ms?: number | undefined
  readonly error?: unknown
}

const EVIDENCE = 10

/** Given up ten times within a minute. */
export const usualAlerts: readonly AlertRule[] = [{ on: 'dead-letters', threshold: 10, window: 60_000 }]

/** Watches thresholds over sliding windows. A rule remembers as many times as its threshold, and no more. */
export class Alerts {
  readonly #watches: readonly Watch[]
  readonly #clock: Clock
  readonly #raised = new Subject<Alert>()
  /** From how many ms on a call is an occasion. */
  readonly slowest: number

  /** `onAlert` hears first. Throws `pattern-invalid`, `option-invalid`. */
  constructor(rules: readonly AlertRule[], clock: Clock, onAlert: (alert: Alert) => void) {
    this.#clock = clock
    this.#watches = rules.map((rule) => new Watch(rule))
    this.slowest = Math.min(...this.#watches.map(({ slowerThan }) => slowerThan))
    this.#raised.subscribe(onAlert)
  }

  get alerts$(): Observable<Alert> {
    return this.#raised.asObservable()
  }

  note(occasion: Occasion): void {
    const at = this.#clock.now()
    for (const watch of this.#watches) {
      const alert = watch.note(occasion, at)
      if (alert !== undefined) this.#raised.next(alert)
    }
  }

  close(): void {
    this.#raised.complete()
  }
}

class Watch {
  readonly #rule: Required<AlertRule>
  readonly #times: number[] = []
  #evidence: readonly Evidence[] = []
  #raisedAt = Number.NEGATIVE_INFINITY

  constructor(rule: AlertRule) {
    const { on, name = on, pattern = '**', threshold, window, slowerThan = 1_000 } = rule
    parsePattern(pattern)
    checkCount('threshold', threshold)
    checkCount('window', window)
    this.#rule = { on, name, pattern, threshold, window, slowerThan }
  }

  get slowerThan(): number {
    return this.#rule.on === 'slow' ? this.#rule.slowerThan : Number.POSITIVE_INFINITY
  }

  note(occasion: Occasion, at: number): Alert | undefined {
    const { threshold, window } = this.#rule
    if (!this.#concerns(occasion)) return undefined
    this.#remember(occasion, at)
    const isOver = this.#times.length === threshold && at - this.#times[0]! < window
    if (!isOver || at - this.#raisedAt < window) return undefined
    this.#raisedAt = at
    const { on, name, pattern } = this.#rule
    return { name, on, pattern, threshold, window, at, evidence: this.#evidence }
  }

  #concerns({ on, event, ms = 0 }: Occasion): boolean {
    const { pattern, slowerThan } = this.#rule
    return on === this.#rule.on && (on !== 'slow' || ms >= slowerThan) && matches(pattern, event.type)
  }

  #remember({ event, handler, ms, error }: Occasion, at: number): void {
    this.#times.push(at)
    if (this.#times.length > this.#rule.threshold) this.#times.shift()
    const one = { at, eventId: event.id, eventType: event.type, handler, ms, error }
    this.#evidence = [...this.#evidence, one].slice(-EVIDENCE)
  }
}

function checkCount(option: string, value: number): void {
  checkOption(`alerts.${option}`, value, isCount, 'must be a whole number above 0')
}
