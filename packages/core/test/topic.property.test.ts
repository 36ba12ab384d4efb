import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isBusError, matches } from '../src/index.ts'
import { matchSegments, parsePattern, parseTopic } from '../src/topic.ts'
import { patterns, topics } from './arbitrary-topics.ts'
import { counted } from './counted.ts'

/** The meaning of a pattern, word for word and as slow as that is. */
function means([wanted, ...later]: readonly string[], topic: readonly string[]): boolean {
  if (wanted === undefined) return topic.length === 0
  if (wanted === '**') {
    return topic.some((_, at) => means(later, topic.slice(at))) || means(later, [])
  }
  return topic.length > 0 && (wanted === '*' || wanted === topic[0]) && means(later, topic.slice(1))
}

/** The same for texts; a leading wildcard doesn't see the topics of the bus itself. */
function reference(pattern: string, topic: string): boolean {
  if (topic.startsWith('$') && pattern.startsWith('*')) return false
  return means(pattern.split(/[.:]/), topic.split(/[.:]/))
}

/** Whether a text is a topic, by the grammar alone. */
function isTopic(text: string): boolean {
  const segments = text.split(/[.:]/)
  return (
    text.length <= 255 &&
    segments.length <= 16 &&
    segments.every((segment) => segment !== '' && !/[\s\p{Cc}*]/u.test(segment))
  )
}

/** The segments of a text that parses, else the code of the error. */
function outcome(parse: (text: string) => readonly string[], text: string): readonly string[] | string {
  try {
    return parse(text)
  } catch (error) {
    return isBusError(error) ? error.code : 'an error of another kind'
  }
}

describe('the grammar', () => {
  const nearlyTopic = fc.string({
    unit: fc.constantFrom(
      'a',
      'B',
      '-',
      '_',
      '$',
      '!',
      '~',
      '\u007F',
      'é',
      '🌞',
      '.',
      '.',
      ':',
      ' ',
      '\n',
      '*',
    ),
    maxLength: 8,
  })
  const longTopic = fc
    .array(fc.string({ unit: fc.constantFrom('a', 'é'), minLength: 1, maxLength: 40 }), {
      minLength: 1,
      maxLength: 18,
    })
    .map((segments) => segments.join('.'))

  it('takes as a topic what it says, whatever the alphabet, and nothing else', () => {
    fc.assert(
      fc.property(fc.oneof(nearlyTopic, longTopic, fc.string(), fc.string({ unit: 'binary' })), (text) => {
        expect(outcome(parseTopic, text)).toEqual(isTopic(text) ? text.split(/[.:]/) : 'topic-invalid')
      }),
      { numRuns: 2_000 },
    )
  })

  it('takes as a pattern a topic in which some segments are wildcards', () => {
    const replaced = fc.constantFrom('*', '**')
    fc.assert(
      fc.property(nearlyTopic, replaced, (text, wildcard) => {
        const pattern = text.replaceAll('a', wildcard)
        const isPattern = isTopic(
          pattern
            .split(/[.:]/)
            .map((segment) => (/^\*\*?$/.test(segment) ? 'w' : segment))
            .join('.'),
        )
        const segments = pattern.split(/[.:]/)
        const shortest = segments.filter((segment, at) => segment !== '**' || segments[at - 1] !== '**')
        expect(outcome(parsePattern, pattern)).toEqual(isPattern ? shortest : 'pattern-invalid')
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('matches', () => {
  it.each([
    ['short', 4, 1_000],
    ['as long as they may be', 16, 300],
  ])('is what the wildcards mean: patterns and topics that are %s', (_, longest, numRuns) => {
    let matched = 0
    fc.assert(
      fc.property(patterns(longest), topics(longest), (pattern, topic) => {
        const expected = reference(pattern, topic)
        if (expected) matched++
        expect(matches(pattern, topic)).toBe(expected)
      }),
      { numRuns },
    )
    expect(matched, 'a test of a matcher needs matches').toBeGreaterThan(numRuns / 20)
  })

  it('does not care which separator is used, nor how often ** is repeated in a row', () => {
    fc.assert(
      fc.property(patterns(6), topics(6), (pattern, topic) => {
        const expected = matches(pattern, topic)
        expect(matches(pattern.replaceAll('.', ':'), topic)).toBe(expected)
        expect(matches(pattern, topic.replaceAll(':', '.'))).toBe(expected)
        expect(matches(pattern.replaceAll('**', '**.**'), topic)).toBe(expected)
      }),
    )
  })

  it('a topic matches itself, and every segment of it may be a *', () => {
    fc.assert(
      fc.property(topics(16), fc.nat(15), (topic, place) => {
        expect(matches(topic, topic)).toBe(true)
        const segments = parseTopic(topic)
        const at = place % segments.length
        const pattern = segments.map((segment, index) => (index === at ? '*' : segment)).join('.')
        expect(matches(pattern, topic)).toBe(!(at === 0 && topic.startsWith('$')))
      }),
    )
  })

  it('never looks at a topic more often than twice pattern × topic', () => {
    fc.assert(
      fc.property(patterns(16), topics(16), (pattern, topic) => {
        const wanted = parsePattern(pattern)
        const { length } = parseTopic(topic)
        const watched = counted(parseTopic(topic), 2 * wanted.length * length + 2)
        matchSegments(wanted, watched.segments)
      }),
    )
  })
})
