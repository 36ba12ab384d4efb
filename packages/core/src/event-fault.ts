import type { BusEvent } from './event.ts'

/** Why an event can't leave the process as it is, and where that lies. */
export interface Fault {
  readonly path: string
  readonly reason: string
}

export const MAX_TEXT = 1024
const FIRST_TIME = Date.parse('0000-01-01T00:00:00Z') // RFC 3339 has four digits for the year
const LAST_TIME = Date.parse('9999-12-31T23:59:59.999Z')

/** The members of an event that are texts. */
export const texts = [
  'id',
  'source',
  'subject',
  'userId',
  'key',
  'correlationId',
  'causationId',
  'traceparent',
] as const

/** What is wrong with an event's envelope, where others shall read it: with its texts or its time. */
export function faultOf(event: BusEvent): Fault | undefined {
  for (const name of texts) {
    const reason = textFault(name, event[name])
    if (reason !== undefined) return { path: name, reason }
  }
  const { time } = event
  if (time >= FIRST_TIME && time <= LAST_TIME) return undefined
  return { path: 'time', reason: 'it is not within the years 0 to 9999' }
}

function textFault(name: string, value: string | null | undefined): string | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string') return 'it is not a string'
  if (value.length > MAX_TEXT) return `it is longer than ${MAX_TEXT} characters`
  return value === '' && (name === 'id' || name === 'source') ? 'it is empty' : undefined
}
