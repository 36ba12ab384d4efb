import { matches } from '@heliobus/core'
import { type Clause, type Comparison, type NameField, nameFields } from './filter-syntax.ts'
import { compileRegex } from './linear-regex.ts'
import { type StatusWord, statusWords } from './status.ts'

/** A clause, or the reason why the text is none. */
export type ReadClause = Clause | string

const milliseconds: Readonly<Record<string, number>> = { '': 1, ms: 1, s: 1_000, m: 60_000, h: 3_600_000 }
const bytes: Readonly<Record<string, number>> = { '': 1, b: 1, kb: 1_000, mb: 1_000_000 }

/** Reads a word: `field:value`, a comparison, or text to search for. */
export function readWord(word: string): ReadClause {
  const compared = /^(dur|size|data\.[^<>=]+)(>=|<=|>|<|=)(.*)$/s.exec(word)
  if (compared) return readComparison(compared[1]!, toComparison(compared[2]!), compared[3]!)
  const named = /^([a-z]+):(.*)$/s.exec(word)
  return named ? readNamed(named[1]!, named[2]!) : { kind: 'text', text: word }
}

/** Reads what stands between slashes. */
export function readRegex(source: string): ReadClause {
  const compiled = compileRegex(source)
  return typeof compiled === 'string' ? compiled : { kind: 'regex', source }
}

function readNamed(field: string, value: string): ReadClause {
  if (value === '') return `nothing stands after "${field}:"`
  if (field === 'topic') return readTopic(value)
  if (field === 'is') {
    if (isStatusWord(value)) return { kind: 'is', word: value }
    return `"is:" knows ${statusWords.join(', ')}`
  }
  if (field === 'since') return readSince(value)
  if (isNameField(field)) return { kind: 'name', field, glob: value }
  return `"${field}:" is no field; to search for it as text, put it in quotes`
}

function readTopic(pattern: string): ReadClause {
  try {
    matches(pattern, 'a')
    return { kind: 'topic', pattern }
  } catch (error) {
    return error instanceof Error ? error.message : 'not a pattern'
  }
}

function readSince(value: string): ReadClause {
  const ms = measure(value, milliseconds)
  return ms === undefined ? '"since:" takes a time such as 30s, 500ms, 5m, 1h' : { kind: 'since', ms }
}

function readComparison(field: string, comparison: Comparison, value: string): ReadClause {
  if (value === '') return `nothing stands after "${comparison}"`
  if (field === 'dur') {
    const ms = measure(value, milliseconds)
    return ms === undefined
      ? '"dur" takes a time such as 20ms, 1.5s'
      : { kind: 'measure', field, comparison, value: ms }
  }
  if (field === 'size') {
    const size = measure(value, bytes)
    return size === undefined
      ? '"size" takes bytes such as 500, 10kB, 1MB'
      : { kind: 'measure', field, comparison, value: size }
  }
  const path = field.split('.').slice(1)
  return path.includes('')
    ? 'a path such as data.user.name has no empty part'
    : { kind: 'data', path, comparison, value }
}

function measure(value: string, units: Readonly<Record<string, number>>): number | undefined {
  const parts = /^(\d+(?:\.\d+)?)([a-z]*)$/i.exec(value)
  const unit = parts?.[2]?.toLowerCase()
  const factor = unit !== undefined && Object.hasOwn(units, unit) ? units[unit] : undefined
  return factor === undefined ? undefined : Number(parts![1]) * factor
}

function toComparison(text: string): Comparison {
  return text === '>' || text === '>=' || text === '<' || text === '<=' ? text : '='
}

function isStatusWord(word: string): word is StatusWord {
  return statusWords.some((known) => known === word)
}

function isNameField(field: string): field is NameField {
  return nameFields.some((known) => known === field)
}
