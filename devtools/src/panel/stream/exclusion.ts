import { printFilter } from '../../model/filter-printer.ts'
import { everything, type Filter } from '../../model/filter-syntax.ts'
import { compileFilter } from '../../model/row-test.ts'
import type { Rows } from '../../model/rows.ts'

/** The clause of a filter that lets the fewest rows through by itself. */
export interface Exclusion {
  /** The clause as text. */
  readonly clause: string
  /** How many it lets through of those looked at. */
  readonly passed: number
  /** How many were looked at: the newest, 2,000 at most. */
  readonly sample: number
  /** The filter without it, as text. */
  readonly rest: string
}

const SAMPLE = 2_000

/** Tests each clause by itself; `undefined` for an empty filter. `now` in epoch ms. */
export function strictestClause(filter: Filter, rows: Rows, now: number): Exclusion | undefined {
  const parts = filter.kind === 'and' ? filter.parts : [filter]
  const from = Math.max(rows.oldest, rows.next - SAMPLE)
  const exclusions = parts.map((part, index) => ({
    clause: printFilter(part),
    passed: countPassing(part, rows, from, now),
    sample: rows.next - from,
    rest: printFilter(allOf(parts.filter((_, other) => other !== index))),
  }))
  return exclusions.toSorted((a, b) => a.passed - b.passed)[0]
}

function allOf(parts: readonly Filter[]): Filter {
  return parts.length === 0 ? everything : parts.length === 1 ? parts[0]! : { kind: 'and', parts }
}

function countPassing(filter: Filter, rows: Rows, from: number, now: number): number {
  const test = compileFilter(filter, rows, now)
  let passed = 0
  for (let row = from; row < rows.next; row++) if (test(row)) passed++
  return passed
}
