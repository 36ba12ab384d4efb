import type { BusEvent } from '@heliobus/core'
import { toPlainJson } from '../../model/plain-json.ts'

/** A value as JSON of two spaces. What JSON can't carry stands there as a text in parentheses; beyond 5 MB of one text it is cut. */
export function jsonText(value: unknown): string {
  return JSON.stringify(toPlainJson(value).value, undefined, 2)
}

/** The envelope with its data, in the order in which it is read best. */
export function eventText(event: BusEvent): string {
  const { data, ...envelope } = event
  return jsonText({ ...envelope, data })
}
