import type { Observable } from 'rxjs'
import type { AnyBus } from './bus.ts'
import type { EventLog, LogEntry, LogQuery } from './event-log.ts'
import { checkOption, isCount } from './option.ts'
import { Replayer, type ReplayProgress } from './replayer.ts'
import type { Settling } from './transport.ts'

/** How the past is brought back; every member optional. */
export interface ReplayOptions {
  /** How fast, compared with then: 1 as it was, 60 an hour in a minute. Default `Infinity`: as fast as handlers take it. */
  readonly speed?: number
  /** How many events are with handlers at a time. Default 100. */
  readonly concurrency?: number
  /** Ends the replay when aborted. */
  readonly signal?: AbortSignal
  /** What signals call it. Default `replay`. */
  readonly name?: string
}

/** A replay that goes on. */
export interface Replay {
  /**
   * Now, after every 1,000 events, before every wait, and at the end; completes then. Fails with what `done` rejects with.
   */
  readonly progress$: Observable<ReplayProgress>
  /**
   * Resolves when the handlers have settled; after `stop` at once, with `isComplete` false. Rejects with what reading the
   * log throws (`log-gap`, …), and with `bus-closed`.
   */
  readonly done: Promise<ReplayProgress>
  /** No further event. What handlers have been given they finish. Twice is fine. */
  stop(): void
}

/**
 * Gives the events of a log to the handlers of a bus once more, in the order of the log, with the ids and times that they
 * have. Handlers see `context.isReplay`; those with `replay: false` see nothing. The events are checked, and upgraded to
 * their definition's version; they do not enter the history, count as published, or leave over a bridge. What handlers
 * publish meanwhile does. Lets others have their turn every 10 ms. Throws `option-invalid`.
 *
 * @example
 * const replaying = replay(log, bus, { pattern: 'order.**', from: Date.now() - 3_600_000 })
 * const { replayed } = await replaying.done
 */
export function replay(
  log: EventLog,
  bus: AnyBus,
  query: LogQuery = {},
  { speed = Number.POSITIVE_INFINITY, concurrency = 100, signal, name = 'replay' }: ReplayOptions = {},
): Replay {
  checkOption('speed', speed, (times) => times > 0, 'must be above 0')
  checkOption('concurrency', concurrency, isCount, 'must be a whole number above 0')
  const { inlet } = bus
  const give = ({ event }: LogEntry): Settling => inlet.replay(event, name)
  const replayer = new Replayer({ inlet, speed, concurrency, give })
  const done = replayer.run(log.read(query), signal)
  done.catch(() => undefined) // whoever only follows the progress hears of it there
  return { progress$: replayer.progress$, done, stop: () => replayer.stop() }
}
