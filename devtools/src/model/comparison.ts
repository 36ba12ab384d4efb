import type { Comparison } from './filter-syntax.ts'
import { compileGlob } from './glob.ts'
import { isObject, shortText } from './members.ts'

export function compare(value: number, comparison: Comparison, wanted: number): boolean {
  if (comparison === '>') return value > wanted
  if (comparison === '<') return value < wanted
  if (comparison === '=') return value === wanted
  return comparison === '>=' ? value >= wanted : value <= wanted
}

/** A number is compared as a number, anything else by its text, with `*` for any characters. */
export function compileComparison(comparison: Comparison, wanted: string): (value: unknown) => boolean {
  const amount = Number(wanted)
  const fits = compileGlob(wanted)
  return (value) => {
    if (value === undefined || isObject(value)) return false
    if (typeof value === 'number') return compare(value, comparison, amount)
    if (comparison === '=') return fits(typeof value === 'string' ? value : shortText(value))
    return typeof value === 'string' && compareText(value, comparison, wanted)
  }
}

function compareText(value: string, comparison: Comparison, wanted: string): boolean {
  return compare(value < wanted ? -1 : value > wanted ? 1 : 0, comparison, 0)
}
