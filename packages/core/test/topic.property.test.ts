import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matches } from '../src/index.ts'
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
