import type { Place } from '../protocol/frames.ts'
import type { History } from './history.ts'

const offset = /^(\d{1,16})(?:-([\w-]{1,32}))?$/

/** A position as clients are told it: with the stamp of what stands there, if it has one. */
export function offsetAt(history: History, position: number): string {
  const stamp = history.at(position)?.stamp
  return stamp === undefined ? String(position) : `${position}-${stamp}`
}

/** Where to go on, if the history reaches back so far, and is still the one that it was. */
export function placeIn(history: History, place: Place | undefined): number | undefined {
  if (place === undefined || place.epoch !== history.epoch) return undefined
  const [, digits, stamp] = offset.exec(place.offset) ?? []
  const position = Number(digits ?? Number.NaN)
  const isThere = position >= history.first - 1 && position <= history.last
  return isThere && history.at(position)?.stamp === stamp ? position : undefined
}
