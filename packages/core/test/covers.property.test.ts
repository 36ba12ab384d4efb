import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { covers, matches } from '../src/index.ts'
import { patterns, topics } from './arbitrary-topics.ts'

/** Topics of up to six segments; `c` stands for every name that no pattern here knows. */
const everyTopic = ((): string[] => {
  const all = ['a', 'b', 'c']
  let longest: readonly string[] = [...all]
  for (let length = 2; length <= 6; length++) {
    longest = longest.flatMap((topic) => ['a', 'b', 'c'].map((name) => `${topic}.${name}`))
    all.push(...longest)
  }
  return all
})()

describe('covers', () => {
  test.each([
    ['**', '**', true],
    ['**', 'user.created', true],
    ['user.**', 'user', true],
    ['user.**', 'user:*.created', true],
    ['user.*', 'user.created', true],
    ['user.*.*', 'user.*.created', true],
    ['**.created', 'user.**.created', true],
    ['*.**', '**.*', true],
    ['*.*.**', '*.**.*', true],
    ['a.**.b.**', 'a.x.**.b.c', true],
    ['user.**', '**', false],
    ['user.*', 'user.**', false],
    ['user.*', 'user', false],
    ['*', '**', false],
    ['user.created', 'user.*', false],
    ['*.**', '**.user.**.', false],
    ['**', '$alert.*', false],
    ['$alert.*', '$alert.failed', true],
  ])('%s covers %s: %s', (wide, narrow, expected) => {
    if (narrow.endsWith('.')) expect(() => covers(wide, narrow)).toThrow('is not a pattern')
    else expect(covers(wide, narrow)).toBe(expected)
  })

  test('what is covered matches nothing that the wide pattern does not match', () => {
    fc.assert(
      fc.property(patterns(6), patterns(6), topics(8), (wide, narrow, topic) => {
        if (covers(wide, narrow) && matches(narrow, topic)) expect(matches(wide, topic)).toBe(true)
      }),
      { numRuns: 20_000 },
    )
  })

  test('a pattern that matches no topic beyond those of the wide one is covered', () => {
    fc.assert(
      fc.property(patterns(3), patterns(3), (wide, narrow) => {
        fc.pre(!wide.includes('$') && !narrow.includes('$') && !/^[*.:]+$/.test(narrow))
        const isWithin = everyTopic.every((topic) => !matches(narrow, topic) || matches(wide, topic))
        expect(covers(wide, narrow)).toBe(isWithin)
      }),
      { numRuns: 500 },
    )
  })

  test('the worst pair of patterns is decided in no time', () => {
    const wide = `${'**.a.'.repeat(7)}**.b`
    const narrow = `${'**.a.'.repeat(7)}**.c`
    const rounds = Array.from({ length: 10 }, () => {
      const begun = performance.now()
      expect(covers(wide, narrow)).toBe(false)
      return performance.now() - begun
    })
    expect(Math.min(...rounds), 'the best of ten: not what others took').toBeLessThan(10)
  })
})
