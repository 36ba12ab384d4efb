import { clockTime, timeSpan } from '../look/figures.ts'
import type { Settings } from '../state/settings.ts'

/** What the time of a row is told against, in epoch ms. */
export interface TimeBase {
  /** The session's first event. */
  readonly first: number
  /** The row before in the list; `undefined` for the first. */
  readonly before: number | undefined
}

/** The time of a row as the settings want it. A clock that was put back gives `+0.000`. */
export function rowTime(at: number, how: Settings['time'], { first, before }: TimeBase): string {
  if (how === 'clock') return clockTime(at)
  return timeSpan(how === 'session' ? at - first : at - (before ?? at))
}

/** Day and time with ms, in the reader's zone: `2026-03-01 12:04:31.023`. */
export function fullTime(at: number): string {
  const date = new Date(at)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${clockTime(at)}`
}
