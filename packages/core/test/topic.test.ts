import { describe, expect, it } from 'vitest'
import { BusError, isBusError, matches } from '../src/index.ts'
import { canonical, isInternal, matchSegments, parsePattern, parseTopic } from '../src/topic.ts'
import { counted } from './counted.ts'
import { matchingTable } from './matching-table.ts'

const longest = ['x'.repeat(127), 'y'.repeat(127)].join('.')
const sixteen = Array.from({ length: 16 }, () => 'a').join('.')

/** What is wrong with a topic and with a pattern alike. */
const malformed: readonly (readonly [what: string, text: string, reason: string])[] = [
  ['nothing', '', 'is empty'],
  ['256 characters', `${longest}z`, 'is longer than 255 characters'],
  ['17 segments', `${sixteen}:a`, 'has more than 16 segments'],
  ['an empty segment in the middle', 'user..created', 'has an empty segment'],
  ['an empty segment between two spellings', 'user.:created', 'has an empty segment'],
  ['an empty segment in front', '.user', 'has an empty segment'],
  ['an empty segment at the end', 'user:', 'has an empty segment'],
  ['only a separator', '.', 'has an empty segment'],
  ['a space', 'user created', 'holds white space or a control character'],
  ['a space at the end', 'user.created ', 'holds white space or a control character'],
  ['a line break', 'user.\ncreated', 'holds white space or a control character'],
  ['a tab', 'user\t', 'holds white space or a control character'],
  ['a no-break space', 'user\u00A0created', 'holds white space or a control character'],
  ['a line separator', 'user\u2028created', 'holds white space or a control character'],
  ['a byte order mark', '\uFEFFuser', 'holds white space or a control character'],
  ['a null character', 'user\u0000', 'holds white space or a control character'],
  ['an escape', '\u001B[31muser', 'holds white space or a control character'],
  ['delete', 'user\u007F', 'holds white space or a control character'],
  ['a next-line control', 'user\u0085', 'holds white space or a control character'],
]

const noText: readonly unknown[] = [undefined, null, 7, {}, ['user'], Symbol('user')]

/** The error that `run` throws. */
function thrownBy(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  return expect.unreachable('nothing was thrown')
}

describe('a topic', () => {
  it.each([
    ['one character', 'a', ['a']],
    ['one segment', 'user', ['user']],
    ['dots', 'cosmic.solar_storm.detected', ['cosmic', 'solar_storm', 'detected']],
    ['colons', 'user:login', ['user', 'login']],
    ['both', 'order.payment:completed', ['order', 'payment', 'completed']],
    ['sixteen segments', sixteen, sixteen.split('.')],
    ['255 characters', longest, longest.split('.')],
    ['other alphabets', 'κόσμος.太陽.🌞', ['κόσμος', '太陽', '🌞']],
    ['other signs', 'a-b/c@d#e+f.>', ['a-b/c@d#e+f', '>']],
    ['names of object members', '__proto__.constructor', ['__proto__', 'constructor']],
    ['a topic of the bus itself', '$alert.raised', ['$alert', 'raised']],
  ])('may have %s', (_, topic, segments) => {
    expect(parseTopic(topic)).toEqual(segments)
  })

  it.each(malformed)('may not have %s', (_, topic, reason) => {
    const error = thrownBy(() => parseTopic(topic))
    expect(isBusError(error, 'topic-invalid')).toBe(true)
    expect(error).toMatchObject({
      details: { topic, reason },
      message: `"${topic}" is not a topic: it ${reason}`,
    })
  })

  it.each(['*', '**', 'user.*', '**.created', 'user.cre*', 'us*er.created'])(
    'may not hold a wildcard: %s',
    (topic) => {
      const reason = 'holds a wildcard, and wildcards only subscribe'
      expect(thrownBy(() => parseTopic(topic))).toMatchObject({
        code: 'topic-invalid',
        details: { topic, reason },
      })
    },
  )

  it('must be a string', () => {
    for (const topic of noText) {
      expect(thrownBy(() => parseTopic(topic as string))).toMatchObject({
        code: 'topic-invalid',
        details: { topic, reason: 'is not a string' },
      })
    }
  })

  it('is one topic in either spelling', () => {
    expect(canonical('user:profile.updated')).toBe('user.profile.updated')
    expect(canonical('user.profile:updated')).toBe('user.profile.updated')
    expect(canonical('user')).toBe('user')
  })

  it('belongs to the bus itself when its first character is $', () => {
    expect(isInternal('$alert.raised')).toBe(true)
    expect(isInternal('alert.$raised')).toBe(false)
  })
})

describe('a pattern', () => {
  it.each([
    ['a topic', 'user:created', ['user', 'created']],
    ['*', 'cosmic.*.detected', ['cosmic', '*', 'detected']],
    ['**', 'user.**', ['user', '**']],
    ['wildcards only', '*.**.*', ['*', '**', '*']],
    ['** in a row, which is written as one', '**.**.a.**:**.**', ['**', 'a', '**']],
    ['sixteen segments', `${sixteen.slice(0, -1)}*`, [...sixteen.split('.').slice(1), '*']],
  ])('may be or hold %s', (_, pattern, segments) => {
    expect(parsePattern(pattern)).toEqual(segments)
  })

  it.each(malformed)('may not have %s', (_, pattern, reason) => {
    const error = thrownBy(() => parsePattern(pattern))
    expect(isBusError(error, 'pattern-invalid')).toBe(true)
    expect(error).toMatchObject({
      details: { pattern, reason },
      message: `"${pattern}" is not a pattern: it ${reason}`,
    })
  })

  it.each(['user.cre*', '*er', 'us*er', 'user.*.cr*', '***', 'a.**b', '$*'])(
    'may not have a wildcard that is a part of a segment: %s',
    (pattern) => {
      const reason = 'has a wildcard that is not a whole segment'
      expect(thrownBy(() => parsePattern(pattern))).toMatchObject({
        code: 'pattern-invalid',
        details: { pattern, reason },
      })
    },
  )

  it('must be a string', () => {
    for (const pattern of noText) {
      expect(thrownBy(() => parsePattern(pattern as string))).toMatchObject({
        code: 'pattern-invalid',
        details: { pattern, reason: 'is not a string' },
      })
    }
  })
})

describe('matches', () => {
  it.each(matchingTable)('%s · %s · %s', (pattern, topic, expected) => {
    expect(matches(pattern, topic)).toBe(expected)
  })

  it('refuses what is no pattern and what is no topic, each by its own code', () => {
    expect(thrownBy(() => matches('user.cr*', 'user.created'))).toMatchObject({ code: 'pattern-invalid' })
    expect(thrownBy(() => matches('user.*', 'user.*'))).toMatchObject({ code: 'topic-invalid' })
    expect(thrownBy(() => matches('', ''))).toBeInstanceOf(BusError)
  })

  it('looks at each segment a bounded number of times, however many ** a pattern has', () => {
    const pattern = [...Array.from({ length: 30 }, () => ['**', 'a']).flat(), 'b']
    const topic = Array.from({ length: 60 }, () => 'a')
    const bound = 2 * pattern.length * topic.length // trying all ways: more than 10^17
    const watched = counted(topic, bound)
    expect(matchSegments(pattern, watched.segments)).toBe(false)
    expect(matchSegments(pattern.slice(0, -1), counted(topic, bound).segments)).toBe(true)
  })
})
