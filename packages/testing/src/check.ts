import { type BusError, type ErrorCode, isBusError } from '@heliobus/core'

// Assertions, so that a contract runs without a test runner.

/** Throws unless both are the same JSON value; the order of an object's members does not count. */
export function equal(actual: unknown, expected: unknown, what: string): void {
  const [is, wanted] = [write(actual), write(expected)]
  if (is !== wanted) throw new Error(`${what}: expected ${shorten(wanted)}, but got ${shorten(is)}`)
}

/** Throws unless `run` throws or rejects. */
export async function rejects(run: () => unknown, what: string): Promise<void> {
  try {
    await run()
  } catch {
    return
  }
  throw new Error(`${what}: expected an error`)
}

/** Throws unless `run` rejects with an error of this code; answers with it. */
export async function refuses<Code extends ErrorCode>(
  run: () => unknown,
  code: Code,
  what: string,
): Promise<BusError<Code>> {
  try {
    await run()
  } catch (error) {
    if (isBusError(error, code)) return error
    throw new Error(`${what}: expected ${code}, but got ${String(error)}`, { cause: error })
  }
  throw new Error(`${what}: expected ${code}, but it was done`)
}

function write(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) => sortMembers(member)) ?? 'undefined'
}

function sortMembers(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

function shorten(text: string): string {
  return text.length > 500 ? `${text.slice(0, 500)}… (${text.length} characters)` : text
}
