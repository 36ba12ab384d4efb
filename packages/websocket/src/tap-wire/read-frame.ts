import { LONGEST_TOKEN } from '../protocol/fields.ts'
import { type Read, readFrame, versionIn } from '../protocol/parse-frame.ts'
import { answerOf } from './answer.ts'
import { TAP_VERSION, type TapFrame, type ViewerFrame } from './frames.ts'
import { groupAnswers, groupQuestions } from './group-reader.ts'

const fromViewer: ReadonlyMap<string, Read<ViewerFrame>> = new Map<string, Read<ViewerFrame>>([
  [
    'hello',
    (fields) => ({
      type: 'hello',
      version: versionIn(fields, TAP_VERSION),
      ...(fields.has('token') && { token: fields.text('token', LONGEST_TOKEN) }),
    }),
  ],
  ['pull', (fields) => ({ type: 'pull', request: fields.count('request'), event: fields.text('event') })],
  ['clock', (fields) => ({ type: 'clock', request: fields.count('request') })],
  ...groupQuestions,
  ['ping', () => ({ type: 'ping' })],
  ['pong', () => ({ type: 'pong' })],
])

const fromTap: ReadonlyMap<string, Read<TapFrame>> = new Map<string, Read<TapFrame>>([
  [
    'welcome',
    (fields) => ({ type: 'welcome', version: versionIn(fields, TAP_VERSION), groups: fields.flag('groups') }),
  ],
  [
    'signals',
    (fields) => ({
      type: 'signals',
      until: fields.amount('until'),
      leftOut: fields.count('leftOut'),
      signals: fields.list('signals', 0),
    }),
  ],
  ['payload', (fields) => answerOf('payload', fields, () => ({ data: fields.value('data') }))],
  ...groupAnswers,
  ['time', (fields) => ({ type: 'time', request: fields.count('request'), at: fields.amount('at') })],
  ['ping', () => ({ type: 'ping' })],
  ['pong', () => ({ type: 'pong' })],
])

/** What a viewer has sent. Throws nothing but a `Violation`, whatever the text. */
export function readViewerFrame(text: string): ViewerFrame {
  return readFrame(text, fromViewer)
}

/** What a process with an exposed tap has sent. Throws nothing but a `Violation`, whatever the text. */
export function readTapFrame(text: string): TapFrame {
  return readFrame(text, fromTap)
}
