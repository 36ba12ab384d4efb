import { type BusEvent, matches } from '@heliobus/core'
import { someHandler } from './delivery.ts'
import type { Clause, Comparison, Filter, NameField } from './filter-syntax.ts'
import { compileRegex } from './linear-regex.ts'
import { isObject, readMember, shortText } from './members.ts'
import { estimateSize, payloadText } from './payload-text.ts'
import type { Rows } from './rows.ts'
import { hasStatus } from './status.ts'

/** Says whether a row passes. */
export type RowTest = (row: number) => boolean

/**
 * Makes the test of a filter over rows. `now` (epoch ms) is what `since:` counts from. Tests on columns come first and
 * those that read payloads last; a topic is compared once per type, a size estimated once per row.
 */
export function compileFilter(filter: Filter, rows: Rows, now: number): RowTest {
  if (filter.kind === 'clause') return compileClause(filter.clause, rows, now)
  if (filter.kind === 'not') {
    const test = compileFilter(filter.part, rows, now)
    return (row) => !test(row)
  }
  const parts = filter.parts
    .toSorted((a, b) => cost(a) - cost(b))
    .map((part) => compileFilter(part, rows, now))
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

function compileClause(clause: Clause, rows: Rows, now: number): RowTest {
  if (clause.kind === 'topic') return topicTest(clause.pattern, rows)
  if (clause.kind === 'is') return (row) => hasStatus(rows.status[rows.slot(row)]!, clause.word)
  if (clause.kind === 'since') return (row) => rows.time[rows.slot(row)]! >= now - clause.ms
  if (clause.kind === 'measure') return measureTest(clause, rows)
  if (clause.kind === 'name') return nameTest(clause.field, clause.glob, rows)
  if (clause.kind === 'data')
    return (row) => holds(dataAt(rows.eventAt(row)?.data, clause.path), clause.comparison, clause.value)
  if (clause.kind === 'text') return textTest(rows, contains(clause.text.toLowerCase()))
  return textTest(rows, regexTest(clause.source))
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
  const test = globTest(glob)
  if (field === 'handler') return (row) => someHandler(rows.chainAt(row), test)
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

function nameOf(event: BusEvent, field: Exclude<NameField, 'handler' | 'via'>): string | null | undefined {
  if (field === 'corr') return event.correlationId
  if (field === 'cause') return event.causationId
  return field === 'user' ? event.userId : event[field]
}

/** `*` stands for any characters; upper and lower case are the same. Linear in the name for each piece. */
function globTest(glob: string): (name: string) => boolean {
  const [head, ...rest] = glob.toLowerCase().split('*')
  const tail = rest.pop()
  return (name) => {
    const text = name.toLowerCase()
    if (tail === undefined) return text === head
    if (!text.startsWith(head!)) return false
    let at = head!.length
    for (const piece of rest) {
      const found = text.indexOf(piece, at)
      if (found < 0) return false
      at = found + piece.length
    }
    return text.length - tail.length >= at && text.endsWith(tail)
  }
}

function dataAt(data: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => (isObject(value) ? readMember(value, key) : undefined), data)
}

/** A number is compared as a number, anything else by its text, with `*` for any characters. */
function holds(value: unknown, comparison: Comparison, wanted: string): boolean {
  if (value === undefined || isObject(value)) return false
  if (typeof value === 'number') return compare(value, comparison, Number(wanted))
  if (comparison === '=') return globTest(wanted)(shortText(value))
  return typeof value === 'string' && compareText(value, comparison, wanted)
}

function compare(value: number, comparison: Comparison, wanted: number): boolean {
  if (comparison === '>') return value > wanted
  if (comparison === '<') return value < wanted
  if (comparison === '=') return value === wanted
  return comparison === '>=' ? value >= wanted : value <= wanted
}

function compareText(value: string, comparison: Comparison, wanted: string): boolean {
  return compare(value < wanted ? -1 : value > wanted ? 1 : 0, comparison, 0)
}

function contains(text: string): (within: string) => boolean {
  return (within) => within.toLowerCase().includes(text)
}

function regexTest(source: string): (text: string) => boolean {
  const test = compileRegex(source)
  return typeof test === 'string' ? () => false : test
}

function textTest(rows: Rows, test: (text: string) => boolean): RowTest {
  return (row) => {
    const event = rows.eventAt(row)
    return event !== undefined && (test(event.type) || test(payloadText(event.data)))
  }
}
