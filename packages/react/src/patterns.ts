import type { Patterns } from '@heliobus/core'
import { useState } from 'react'

/** The texts of the patterns; the same array until one of them changes. */
export function usePatterns(patterns: Patterns): readonly string[] {
  const now = [patterns].flat().map((one) => (typeof one === 'string' ? one : one.type))
  const [kept, keep] = useState<readonly string[]>(now)
  if (areSame(kept, now)) return kept
  keep(now)
  return now
}

function areSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((one, index) => one === others[index])
}
