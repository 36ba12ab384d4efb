import { BusError } from '@heliobus/core'

/** What one log's tables, indexes and functions are called: the table's name and what is put behind it, in its schema. */
export type Naming = (suffix?: string) => string

const plain = /^[a-z_][a-z0-9_]*$/
/** PostgreSQL cuts names at 63 characters; the longest suffix has its place below that. */
const LONGEST = 40

/** Throws `option-invalid` for names that could be anything but names: no value ever stands in SQL but these. */
export function namesIn(schema: string, table: string): Naming {
  refuseOther('schema', schema)
  refuseOther('table', table)
  return (suffix = '') => `"${schema}"."${table}${suffix}"`
}

function refuseOther(option: string, name: string): void {
  if (plain.test(name) && name.length <= LONGEST) return
  const reason = `must be at most ${LONGEST} of a-z, 0-9 and _, not ${JSON.stringify(name)}`
  throw new BusError('option-invalid', { option, reason })
}
