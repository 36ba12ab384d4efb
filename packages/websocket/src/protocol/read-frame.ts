import { type Fields, LONGEST_NAME, LONGEST_TOKEN } from './fields.ts'
import { type ClientFrame, type HubFrame, type Place, VERSION } from './frames.ts'
import { type Read, readFrame, versionIn } from './parse-frame.ts'

const fromClient: ReadonlyMap<string, Read<ClientFrame>> = new Map<string, Read<ClientFrame>>([
  [
    'hello',
    (fields) => ({
      type: 'hello',
      version: versionIn(fields, VERSION),
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
      version: versionIn(fields, VERSION),
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
  return readFrame(text, fromClient)
}

/** What a hub has sent. Throws nothing but a `Violation`, whatever the text. */
export function readHubFrame(text: string): HubFrame {
  return readFrame(text, fromHub)
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
