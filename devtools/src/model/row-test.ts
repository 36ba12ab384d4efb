import { type BusEvent, matches } from '@heliobus/core'
import { compare, compileComparison } from './comparison.ts'
import { someHandler } from './delivery.ts'
import type { Clause, Filter, NameField } from './filter-syntax.ts'
import { compileGlob, remembered } from './glob.ts'
import { isObject, readMember } from './members.ts'
import { estimateSize } from './payload-text.ts'
import type { Rows } from './rows.ts'
import { hasStatus } from './status.ts'
import { findRegex, findText, type TextTest } from './text-test.ts'

/** Says whether a row passes. */
export type RowTest = (row: number) => boolean

/**
 * Makes the test of a filter over rows. `now` (epoch ms) is what `since:` counts from; a function is asked with every
 * test. Tests on columns come first and those that read payloads last; a topic is compared once per type, a size
 * estimated once per row.
 */
export function compileFilter(filter: Filter, rows: Rows, now: number | (() => number)): RowTest {
  return compile(filter, rows, typeof now === 'number' ? () => now : now)
}

function compile(filter: Filter, rows: Rows, now: () => number): RowTest {
  if (filter.kind === 'clause') return compileClause(filter.clause, rows, now)
  if (filter.kind === 'not') {
    const test = compile(filter.part, rows, now)
    return (row) => !test(row)
  }
  const parts = filter.parts.toSorted((a, b) => cost(a) - cost(b)).map((part) => compile(part, rows, now))
  return filter.kind === 'and' ? conjunction(parts) : (row) => parts.some((test) => test(row))
}

function conjunction(parts: readonly RowTest[]): RowTest {
  const [first, second, ...more] = parts
  if (first === undefined) return () => true
  if (second === undefined) return first
  const rest = conjunction([second, ...more])
  return (row) => first(row) && rest(row)
}

function cost(filter: Filter): number {
  if (filter.kind === 'not') return cost(filter.part)
  if (filter.kind !== 'clause') return Math.max(0, ...filter.parts.map(cost))
  const { clause } = filter
  if (clause.kind === 'text' || clause.kind === 'regex') return 4
  if (clause.kind === 'measure' && clause.field === 'size') return 3
  return clause.kind === 'data' ? 2 : clause.kind === 'name' ? 1 : 0
}

function compileClause(clause: Clause, rows: Rows, now: () => number): RowTest {
  if (clause.kind === 'topic') return topicTest(clause.pattern, rows)
  if (clause.kind === 'is') return (row) => hasStatus(rows.status[rows.slot(row)]!, clause.word)
  if (clause.kind === 'since') return (row) => rows.time[rows.slot(row)]! >= now() - clause.ms
  if (clause.kind === 'measure') return measureTest(clause, rows)
  if (clause.kind === 'name') return nameTest(clause.field, clause.glob, rows)
  if (clause.kind === 'data') return dataTest(clause, rows)
  return textTest(rows, clause.kind === 'text' ? findText(clause.text) : findRegex(clause.source))
}

function topicTest(pattern: string, rows: Rows): RowTest {
  const known: (boolean | undefined)[] = []
  return (row) => {
    const number = rows.type[rows.slot(row)]!
    if (number === 0) return fits(pattern, rows.eventAt(row)?.type ?? '')
    return (known[number] ??= fits(pattern, rows.types.nameOf(number)))
  }
}

function fits(pattern: string, topic: string): boolean {
  try {
    return matches(pattern, topic)
  } catch {
    return false // a recording may hold what is no topic
  }
}

function measureTest(clause: Extract<Clause, { kind: 'measure' }>, rows: Rows): RowTest {
  const { comparison, value } = clause
  if (clause.field === 'size') return (row) => compare(sizeAt(rows, row), comparison, value)
  return (row) => compare(rows.slowest[rows.slot(row)]!, comparison, value)
}

/** Estimated bytes of a row's data, remembered in its column. */
export function sizeAt(rows: Rows, row: number): number {
  const slot = rows.slot(row)
  if (Number.isNaN(rows.size[slot])) rows.size[slot] = estimateSize(rows.eventAt(row)?.data)
  return rows.size[slot]!
}

function nameTest(field: NameField, glob: string, rows: Rows): RowTest {
  const test = remembered(compileGlob(glob))
  if (field === 'handler') return (row) => someHandler(rows.chainAt(row), test)
  if (field === 'at') return (row) => test(rows.processes.nameOf(rows.process[rows.slot(row)]!))
  if (field === 'via')
    return (row) => {
      const link = rows.link[rows.slot(row)]!
      return link > 0 && test(rows.links.nameOf(link))
    }
  return (row) => {
    const event = rows.eventAt(row)
    const name = event && nameOf(event, field)
    return typeof name === 'string' && test(name)
  }
}

function nameOf(
  event: BusEvent,
  field: Exclude<NameField, 'handler' | 'via' | 'at'>,
): string | null | undefined {
  if (field === 'corr') return event.correlationId
  if (field === 'cause') return event.causationId
  return field === 'user' ? event.userId : event[field]
}

function dataTest(clause: Extract<Clause, { kind: 'data' }>, rows: Rows): RowTest {
  const holds = compileComparison(clause.comparison, clause.value)
  return (row) => holds(memberAt(rows.eventAt(row)?.data, clause.path))
}

function memberAt(data: unknown, path: readonly string[]): unknown {
  let value = data
  for (const key of path) value = isObject(value) ? readMember(value, key) : undefined
  return value
}

function textTest(rows: Rows, { inText, inPayload }: TextTest): RowTest {
  const inType = remembered(inText)
  return (row) => {
    const event = rows.eventAt(row)
    return event !== undefined && (inType(event.type) || inPayload(event.data))
  }
}
