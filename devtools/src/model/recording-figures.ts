import { Durations } from './durations.ts'
import type { HandlerCounts } from './handler-counts.ts'
import { amount, isRecord, type Members, textOf } from './json-values.ts'
import { shortText } from './members.ts'
import type { Statistics, TypeCounts } from './statistics.ts'

const COUNTS = ['published', 'received', 'handled', 'failures', 'unhandled', 'dropped'] as const

/** Statistics as lines of a recording: what is known beside types and handlers, then a line for each. */
export function* figureLines(statistics: Statistics): Generator<object> {
  const { met, handlers, refused } = statistics
  yield { statistics: { refused, types: met.length, handlers: handlers.met.length } }
  for (const counts of met) yield typeLine(counts)
  for (const counts of handlers.met) yield handlerLine(counts)
}

/** True for a line that belongs to statistics. */
export function holdsFigures(line: Members): boolean {
  return 'statistics' in line || 'figures' in line
}

/** Adds what such a line says to statistics, bounded whatever it is; the reason when it is none. */
export function readFigures(line: Members, statistics: Statistics): string | undefined {
  const { type, handler, figures } = line
  if (isRecord(line['statistics'])) statistics.refused += amount(line['statistics']['refused'])
  else if (!isRecord(figures)) return 'its figures are none'
  else if (typeof type === 'string')
    for (const counts of [statistics.of(type), statistics.all]) addToType(counts, figures)
  else if (typeof handler === 'string') addToHandler(statistics.handlers.of(handler), figures)
  else return 'its figures are of nothing'
  return undefined
}

function typeLine(counts: TypeCounts): object {
  const own = Object.fromEntries(COUNTS.map((name) => [name, counts[name]]))
  return { type: counts.type, figures: { ...own, newest: counts.newest, ms: counts.durations?.buckets } }
}

function handlerLine({ name, calls, failures, slowest, ...more }: HandlerCounts): object {
  const { lastError, lastErrorAt, durations } = more
  return {
    handler: name,
    figures: { calls, failures, slowest, lastError, lastErrorAt, ms: durations?.buckets },
  }
}

function addToType(counts: TypeCounts, figures: Members): void {
  for (const name of COUNTS) counts[name] += amount(figures[name])
  counts.newest = Math.max(counts.newest, amount(figures['newest']))
  counts.durations = withBuckets(counts.durations, figures['ms'])
}

function addToHandler(counts: HandlerCounts, figures: Members): void {
  counts.calls += amount(figures['calls'])
  counts.failures += amount(figures['failures'])
  counts.slowest = Math.max(counts.slowest, amount(figures['slowest']))
  counts.lastError = shortText(textOf(figures['lastError']))
  counts.lastErrorAt = amount(figures['lastErrorAt'])
  counts.durations = withBuckets(counts.durations, figures['ms'])
}

function withBuckets(durations: Durations | undefined, buckets: unknown): Durations | undefined {
  if (!Array.isArray(buckets)) return durations
  const sum = durations ?? new Durations()
  for (const entry of buckets.slice(0, Durations.BUCKETS))
    if (Array.isArray(entry) && typeof entry[0] === 'number') sum.add(entry[0], amount(entry[1]))
  return sum
}
