import { CloseCode, malformed, Violation } from './close-code.ts'
import { Fields, isObject, LONGEST_NAME } from './fields.ts'
import { isDeeper } from './nesting.ts'

/** Containers inside containers: an event's 32 levels, and what stands around them. */
const MAX_DEPTH = 40

/** Makes a frame of the members of what was sent. Throws a `Violation`. */
export type Read<Frame> = (fields: Fields) => Frame

/** What was sent, by its type. Throws nothing but a `Violation`, whatever the text. */
export function readFrame<Frame>(text: string, readers: ReadonlyMap<string, Read<Frame>>): Frame {
  const frame = parse(text)
  const type = new Fields(frame, 'a frame').text('type', LONGEST_NAME)
  const reader = readers.get(type)
  if (reader === undefined) throw malformed('a frame of an unknown type')
  return reader(new Fields(frame, type))
}

/** The version that both sides speak. */
export function versionIn<Version extends number>(fields: Fields, version: Version): Version {
  if (fields.is('version', version)) return version
  throw new Violation(CloseCode.version, `this side speaks version ${version}`)
}

function parse(text: string): object {
  if (isDeeper(text, MAX_DEPTH)) throw malformed(`a frame is nested deeper than ${MAX_DEPTH} levels`)
  let frame: unknown
  try {
    frame = JSON.parse(text)
  } catch {
    throw malformed('a frame is not JSON')
  }
  if (!isObject(frame)) throw malformed('a frame is not an object')
  return frame
}
