/** Redis answers with nested lists of strings and numbers; what does not look as expected is an error, not a guess. */
export function listOf(reply: unknown): readonly unknown[] {
  if (!Array.isArray(reply)) throw new TypeError(`Redis answered with ${typeof reply}, not with a list`)
  return reply
}

export function textOf(reply: unknown): string {
  if (typeof reply === 'string') return reply
  if (typeof reply === 'number') return String(reply)
  throw new TypeError(`Redis answered with ${typeof reply}, not with a text`)
}

export function numberOf(reply: unknown): number {
  const number = Number(reply)
  if (reply === null || Number.isNaN(number)) throw new TypeError('Redis did not answer with a number')
  return number
}

/** `[name, value, name, value]` */
export function fieldsOf(reply: unknown): ReadonlyMap<string, unknown> {
  const list = listOf(reply)
  const fields = new Map<string, unknown>()
  for (let index = 0; index + 1 < list.length; index += 2) fields.set(textOf(list[index]), list[index + 1])
  return fields
}
