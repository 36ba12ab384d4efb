import type {
  GroupOutcome,
  GroupReport,
  GroupsReport,
  KeyReport,
  LetterReport,
  LettersPage,
  ParkedReport,
  ShardReport,
} from '@heliobus/core'
import { malformed } from '../protocol/close-code.ts'
import { Fields, isObject } from '../protocol/fields.ts'
import type { Read } from '../protocol/parse-frame.ts'
import { answerOf } from './answer.ts'
import { eventIn, maybeErrorIn } from './facts.ts'
import { type GroupAnswer, type GroupQuestion, MOST_ACTED } from './group-frames.ts'
import { groupActions } from './words.ts'

/** Longer lists than these are cut. */
const MOST_GROUPS = 16
const MOST_SHARDS = 1_024
const MOST_LISTED = 100

/** What viewers ask about groups. */
export const groupQuestions: readonly (readonly [string, Read<GroupQuestion>])[] = [
  ['groups', (fields) => ({ type: 'groups', request: fields.count('request') })],
  [
    'letters',
    (fields) => ({
      type: 'letters',
      ...aboutGroup(fields),
      ...(fields.has('after') && { after: fields.text('after') }),
    }),
  ],
  [
    'pull-letter',
    (fields) => ({ type: 'pull-letter', ...aboutGroup(fields), letter: fields.text('letter') }),
  ],
  ['parked', (fields) => ({ type: 'parked', ...aboutGroup(fields) })],
  [
    'act',
    (fields) => ({
      type: 'act',
      ...aboutGroup(fields),
      action: fields.oneOf('action', groupActions),
      which: fields.texts('which', MOST_ACTED),
    }),
  ],
]

/** What a process answers. */
export const groupAnswers: readonly (readonly [string, Read<GroupAnswer>])[] = [
  ['groups', (fields) => answerOf('groups', fields, groupsIn)],
  ['letters', (fields) => answerOf('letters', fields, lettersIn)],
  ['parked', (fields) => answerOf('parked', fields, parkedIn)],
  ['acted', (fields) => answerOf('acted', fields, outcomeIn)],
]

function aboutGroup(fields: Fields): { readonly request: number; readonly group: string } {
  return { request: fields.count('request'), group: fields.text('group') }
}

function groupsIn(fields: Fields): GroupsReport {
  return { mayAct: fields.flag('mayAct'), groups: itemsIn(fields, 'groups', MOST_GROUPS).map(groupIn) }
}

function groupIn(fields: Fields): GroupReport {
  return {
    name: fields.text('name'),
    retention: fields.maybeAmount('retention'),
    failure: fields.anyText('failure'),
    shards: itemsIn(fields, 'shards', MOST_SHARDS).map(shardIn),
  }
}

function shardIn(fields: Fields): ShardReport {
  return {
    shard: fields.count('shard'),
    owner: fields.maybeText('owner'),
    fence: fields.maybeAmount('fence'),
    lag: fields.maybeAmount('lag'),
    pending: fields.amount('pending'),
    age: fields.maybeAmount('age'),
    deadLetters: fields.amount('deadLetters'),
    parkedKeys: fields.amount('parkedKeys'),
    redelivered: fields.amount('redelivered'),
    isHalted: fields.flag('isHalted'),
  }
}

function lettersIn(fields: Fields): LettersPage {
  return { letters: itemsIn(fields, 'letters', MOST_LISTED).map(letterIn), more: fields.flag('more') }
}

function letterIn(fields: Fields): LetterReport {
  return {
    id: fields.text('id'),
    kind: fields.text('kind'),
    event: eventIn(fields),
    handler: fields.maybeText('handler'),
    attempts: fields.amount('attempts'),
    deliveries: fields.amount('deliveries'),
    redrives: fields.amount('redrives'),
    firstAt: fields.amount('firstAt'),
    at: fields.amount('at'),
    error: maybeErrorIn(fields),
  }
}

function parkedIn(fields: Fields): ParkedReport {
  return { keys: itemsIn(fields, 'keys', MOST_LISTED).map(keyIn), leftOut: fields.amount('leftOut') }
}

function keyIn(fields: Fields): KeyReport {
  return { key: fields.text('key'), events: fields.amount('events'), reason: fields.anyText('reason') }
}

function outcomeIn(fields: Fields): GroupOutcome {
  return { done: fields.amount('done'), gone: fields.amount('gone'), failure: fields.anyText('failure') }
}

/** The objects of a list, so many at most. */
function itemsIn(fields: Fields, name: string, most: number): readonly Fields[] {
  return fields
    .list(name, 0)
    .slice(0, most)
    .map((item) => {
      if (!isObject(item)) throw malformed(`${name} holds something else than objects`)
      return new Fields(item, name)
    })
}
