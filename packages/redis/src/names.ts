import { BusError } from '@heliobus/core'

/** Braces would make a hash tag of their own. Throws `option-invalid`. */
export function checkName(option: string, name: string): void {
  if (/^[^{}\s]{1,100}$/u.test(name)) return
  const reason = 'must have 1 to 100 characters, without spaces and braces'
  throw new BusError('option-invalid', { option, reason })
}
