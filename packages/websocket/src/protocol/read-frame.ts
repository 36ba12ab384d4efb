import { CloseCode, malformed, Violation } from './close-code.ts'
import { Fields, isObject, LONGEST_NAME } from './fields.ts'
import { type ClientFrame, type HubFrame, type Place, VERSION } from './frames.ts'
import { isDeeper } from './nesting.ts'

/** Containers inside containers: an event's 32 levels, and what stands around them. */
const MAX_DEPTH = 40
const LONGEST_TOKEN = 4_096

type Read<Frame> = (fields: Fields) => Frame

const fromClient: ReadonlyMap<string, Read<ClientFrame>> = new Map<string, Read<ClientFrame>>([
  [
    'hello',
    (fields) => ({
      type: 'hello',
      version: version(fields),
      session: name(fields, 'session'),
      ...(fields.has('token') && { token: fields.text('token', LONGEST_TOKEN) }),
      ...(fields.has('resume') && { resume: place(fields.inside('resume')) }),
    }),
  ],
  ['want', (fields) => ({ type: 'want', patterns: fields.patterns('patterns') })],
  [
    'events',
    (fields) => ({ type: 'events', sequence: fields.count('sequence', 1), events: fields.list('events') }),
  ],
  ['ack', (fields) => ({ type: 'ack', offset: name(fields, 'offset') })],
  ['ping', () => ({ type: 'ping' })],
  ['pong', () => ({ type: 'pong' })],
])

const fromHub: ReadonlyMap<string, Read<HubFrame>> = new Map<string, Read<HubFrame>>([
  [
    'welcome',
    (fields) => ({
      type: 'welcome',
      version: version(fields),
      ...place(fields),
      ...accepted(fields),
      window: fields.count('window', 1),
      maxBytes: fields.count('maxBytes'),
      publish: fields.patterns('publish'),
      subscribe: fields.patterns('subscribe'),
    }),
  ],
  ['events', (fields) => ({ type: 'events', offset: name(fields, 'offset'), events: fields.list('events') })],
  ['ack', (fields) => ({ type: 'ack', ...accepted(fields) })],
  [
    'gap',
    (fields) => ({
      type: 'gap',
      offset: name(fields, 'offset'),
      reason: fields.text('reason'),
      ...(fields.has('missing') && { missing: fields.count('missing') }),
    }),
  ],
  ['ping', (fields) => ({ type: 'ping', ...(fields.has('offset') && { offset: name(fields, 'offset') }) })],
  ['pong', () => ({ type: 'pong' })],
  ['bye', (fields) => ({ type: 'bye', retryAfter: fields.count('retryAfter') })],
])

/** What a client has sent. Throws nothing but a `Violation`, whatever the text. */
export function readClientFrame(text: string): ClientFrame {
  return read(text, fromClient)
}

/** What a hub has sent. Throws nothing but a `Violation`, whatever the text. */
export function readHubFrame(text: string): HubFrame {
  return read(text, fromHub)
}

function read<Frame>(text: string, readers: ReadonlyMap<string, Read<Frame>>): Frame {
  const frame = parse(text)
  const type = new Fields(frame, 'a frame').text('type', LONGEST_NAME)
  const reader = readers.get(type)
  if (reader === undefined) throw malformed('a frame of an unknown type')
  return reader(new Fields(frame, type))
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

function version(fields: Fields): 1 {
  if (!fields.is('version', VERSION))
    throw new Violation(CloseCode.version, `this side speaks version ${VERSION}`)
  return VERSION
}

function name(fields: Fields, member: string): string {
  return fields.text(member, LONGEST_NAME)
}

function place(fields: Fields): Place {
  return { epoch: name(fields, 'epoch'), offset: name(fields, 'offset') }
}

function accepted(fields: Fields): Pick<Extract<HubFrame, { type: 'ack' }>, 'sequence' | 'refused'> {
  return {
    sequence: fields.count('sequence'),
    ...(fields.has('refused') && { refused: fields.pairs('refused') }),
  }
}
