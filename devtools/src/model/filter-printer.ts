import type { Clause, Filter } from './filter-syntax.ts'

/** A filter as text. Parsing it gives the same filter, and printing that the same text. */
export function printFilter(filter: Filter): string {
  if (filter.kind === 'clause') return printClause(filter.clause)
  if (filter.kind === 'and')
    return filter.parts.map((part) => (part.kind === 'or' ? grouped(part) : printFilter(part))).join(' ')
  if (filter.kind === 'or') return filter.parts.map(printFilter).join(' | ')
  return `-${filter.part.kind === 'clause' ? printFilter(filter.part) : grouped(filter.part)}`
}

/** One clause as text: what a chip shows. */
export function printClause(clause: Clause): string {
  if (clause.kind === 'topic') return `topic:${value(clause.pattern)}`
  if (clause.kind === 'is') return `is:${clause.word}`
  if (clause.kind === 'name') return `${clause.field}:${value(clause.glob)}`
  if (clause.kind === 'measure')
    return `${clause.field}${clause.comparison}${number(clause.value)}${clause.field === 'dur' ? 'ms' : ''}`
  if (clause.kind === 'data')
    return `data.${value(clause.path.join('.'))}${clause.comparison}${value(clause.value)}`
  if (clause.kind === 'since') return `since:${number(clause.ms)}ms`
  if (clause.kind === 'text') return quoted(clause.text)
  return `/${clause.source.replaceAll('/', '\\/')}/`
}

function grouped(filter: Filter): string {
  return `(${printFilter(filter)})`
}

function value(text: string): string {
  return /[\s()|"\\]/.test(text) ? quoted(text) : text
}

function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`
}

/** Without an exponent, which a filter doesn't read. */
function number(amount: number): string {
  return amount.toLocaleString('en', { useGrouping: false, maximumFractionDigits: 20 })
}
