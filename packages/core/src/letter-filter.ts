import type { DeadLetter, LetterFilter } from './dead-letters.ts'
import { matches } from './topic.ts'

/** True when all that the filter says is so. Throws `pattern-invalid`. */
export function fits(letter: DeadLetter, { pattern, handler, kind, error }: LetterFilter): boolean {
  if (pattern !== undefined && !matches(pattern, letter.event.type)) return false
  if (handler !== undefined && letter.handler !== handler) return false
  if (kind !== undefined && letter.kind !== kind) return false
  return error === undefined || wordsOf(letter.error).includes(error.toLowerCase())
}

function wordsOf(error: unknown): string {
  try {
    return String(error).toLowerCase()
  } catch {
    return ''
  }
}
