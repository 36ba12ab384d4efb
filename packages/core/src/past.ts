import type { BusEvent } from './event.ts'
import { History } from './history.ts'
import type { Fate } from './task.ts'
import { Retained } from './retained.ts'
import type { HandlerSubscription } from './subscription.ts'
import { matchSegments, parsePattern, parseTopic } from './topic.ts'

/** What a bus remembers of events: the newest of all, and the newest of each key where a definition asks for it. */
export class Past {
  readonly history: History<Fate>
  readonly retained: Retained

  constructor(capacity: number, onFull: (memory: 'history' | 'retained', capacity: number) => void) {
    this.history = new History<Fate>(capacity, () => onFull('history', capacity))
    this.retained = new Retained((kept) => onFull('retained', kept))
  }

  /** What a new subscription gets first, oldest first; each event once. */
  replayFor({ patterns, policy: { replay } }: HandlerSubscription): readonly BusEvent[] {
    if (replay === false) return []
    const wanted = patterns.map(parsePattern)
    const isWanted = ({ type }: BusEvent): boolean => {
      const topic = parseTopic(type)
      return wanted.some((pattern) => matchSegments(pattern, topic))
    }
    const events = new Map<string, BusEvent>()
    for (const event of this.retained.all()) if (isWanted(event)) events.set(event.id, event)
    for (const event of this.#replayed(replay, isWanted)) events.set(event.id, event)
    return [...events.values()].toSorted((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1))
  }

  #replayed(
    replay: number | { readonly since: number } | 'all' | undefined,
    isWanted: (event: BusEvent) => boolean,
  ): readonly BusEvent[] {
    if (replay === undefined || replay === 0) return []
    const events = this.history.oldestFirst().filter(isWanted)
    if (replay === 'all') return events
    return typeof replay === 'number'
      ? events.slice(-replay)
      : events.filter(({ time }) => time >= replay.since)
  }
}
