import { describe, expect, it } from 'vitest'
import { type Pattern, toPattern, type Topic, toTopic } from '../src/pattern.ts'
import { PatternTrie } from '../src/pattern-trie.ts'
import { type Ranked, Router } from '../src/router.ts'
import { counted } from './counted.ts'

interface Value extends Ranked {
  readonly name: string
}

let order = 0
function value(name: string, priority = 0): Value {
  return { name, priority, order: order++ }
}

/** A router that tells which topics it has asked a note on. */
function setUp() {
  const asked: string[] = []
  const router = new Router<Value, { topic: string }>((topic) => {
    asked.push(topic)
    return { topic }
  })
  const names = (topic: string): string[] => router.match(topic).values.map(({ name }) => name)
  return { router, asked, names }
}

describe('the order of values', () => {
  it('is by priority, then as they came, whatever their patterns', () => {
    const { router, names } = setUp()
    router.add('**', value('first'))
    router.add('user.created', value('second'))
    router.add('user.*', value('urgent', 5))
    router.add('*.created', value('third'))
    router.add('user.created', value('late', -1))
    router.add('user.**', value('also urgent', 5))
    const expected = ['urgent', 'also urgent', 'first', 'second', 'third', 'late']
    expect(names('user.created')).toEqual(expected)
    expect(router.all().map(({ name }) => name)).toEqual(expected)
  })

  it('is the same for a topic that was asked for before each of them came', () => {
    const { router, names } = setUp()
    names('user.created')
    router.add('**', value('first'))
    names('user.created')
    router.add('user.*', value('urgent', 5))
    names('user.created')
    router.add('user.created', value('late', -1))
    router.add('user.created', value('second'))
    expect(names('user.created')).toEqual(['urgent', 'first', 'second', 'late'])
  })

  it('takes fractions and negative priorities as they are', () => {
    const { router, names } = setUp()
    for (const priority of [-1.5, 0.25, -1, 0.5, -0]) router.add('a', value(String(priority), priority))
    expect(names('a')).toEqual(['0.5', '0.25', '0', '-1', '-1.5'])
  })
})

describe('a topic that was asked for before', () => {
  it('sees what comes and what goes', () => {
    const { router, names } = setUp()
    const exact = value('exact')
    const star = value('star')
    expect(names('user.created')).toEqual([])
    router.add('user.created', exact)
    expect(names('user.created')).toEqual(['exact'])
    router.add('user.*', star)
    router.add('order.*', value('other'))
    expect(names('user.created')).toEqual(['exact', 'star'])
    router.remove('user.created', exact)
    expect(names('user.created')).toEqual(['star'])
    router.remove('user.*', star)
    expect(names('user.created')).toEqual([])
  })

  it.each([1, 63, 64, 65, 128, 1_000])('catches up on %i changes', (changes) => {
    const { router, names } = setUp()
    const stays = value('stays')
    router.add('a.*', stays)
    expect(names('a.b')).toEqual(['stays'])
    const came = Array.from({ length: changes }, (_, index) => value(`came ${index}`))
    for (const one of came) router.add('a.b', one)
    expect(names('a.b')).toEqual(['stays', ...came.map(({ name }) => name)])
    for (const one of came) router.remove('a.b', one)
    expect(names('a.b')).toEqual(['stays'])
  })

  it('sees what went while it missed more changes than are kept', () => {
    const { router, names } = setUp()
    const goes = value('goes')
    router.add('a.b', goes)
    expect(names('a.b')).toEqual(['goes'])
    router.remove('a.b', goes)
    for (let change = 0; change < 64; change++) router.add('other.*', value('other'))
    expect(names('a.b')).toEqual([])
  })

  it('leaves a list alone that somebody has taken', () => {
    const { router } = setUp()
    const first = value('first')
    const second = value('second')
    router.add('a.*', first)
    const taken = router.match('a.b').values
    router.add('a.b', second)
    const takenLater = router.match('a.b').values
    router.remove('a.*', first)
    router.match('a.b')
    for (let change = 0; change < 100; change++) router.add('a.b', value('more'))
    router.match('a.b')
    expect(taken).toEqual([first])
    expect(takenLater).toEqual([first, second])
  })

  it('is looked up by the same list as long as nothing changes', () => {
    const { router } = setUp()
    router.add('**', value('all'))
    expect(router.match('a.b')).toBe(router.match('a.b'))
    expect(router.match('a.b').values).toBe(router.match('a.b').values)
  })
})

describe('a value under several patterns', () => {
  it('comes once', () => {
    const { router, names } = setUp()
    const one = value('one')
    names('a.b')
    for (const pattern of ['a.*', '*.b', '**', 'a.b']) router.add(pattern, one)
    expect(names('a.b')).toEqual(['one'])
    expect(names('a:b')).toEqual(['one'])
    expect(router.all()).toEqual([one])
  })

  it('is gone when it is removed from all of them, in any order', () => {
    const { router, names } = setUp()
    const one = value('one')
    for (const pattern of ['a.*', '*.b', 'a.b']) router.add(pattern, one)
    names('a.b')
    for (const pattern of ['a.b', 'a.*', '*.b']) router.remove(pattern, one)
    expect(names('a.b')).toEqual([])
    expect(names('a:b')).toEqual([])
  })
})

describe('the note on a topic', () => {
  it('is made once, of the topic as it was spelled', () => {
    const { router, asked } = setUp()
    expect(router.match('user:created').note).toEqual({ topic: 'user:created' })
    router.add('user.*', value('one'))
    expect(router.match('user:created').note).toBe(router.match('user:created').note)
    expect(router.match('user.created').note).toEqual({ topic: 'user.created' })
    expect(asked).toEqual(['user:created', 'user.created'])
  })

  it('is made afresh after forget, and the values are still there', () => {
    const { router, asked, names } = setUp()
    router.add('user.*', value('one'))
    names('user.created')
    router.forget()
    expect(names('user.created')).toEqual(['one'])
    expect(asked).toEqual(['user.created', 'user.created'])
  })

  it('is made afresh after forget also for a topic that was not asked for lately', () => {
    const { router, asked } = setUp()
    router.match('long.ago')
    for (let number = 0; number < 5_000; number++) router.match(`topic.${number}`)
    router.forget()
    router.match('long.ago')
    expect(asked.filter((topic) => topic === 'long.ago')).toHaveLength(2)
  })

  it('is not made for what is no topic', () => {
    const { router, asked } = setUp()
    for (const topic of ['', 'user.*', 'user..created']) {
      expect(() => router.match(topic)).toThrow(expect.objectContaining({ code: 'topic-invalid' }))
      expect(() => router.match(topic)).toThrow(expect.objectContaining({ code: 'topic-invalid' }))
    }
    expect(asked).toEqual([])
  })

  it('may be made by somebody who subscribes meanwhile: the next event finds the new value', () => {
    const late = value('late')
    const router: Router<Value, void> = new Router(() => router.add('a.*', late))
    router.match('a.b')
    expect(router.match('a.b').values).toEqual([late])
  })
})

describe('many topics', () => {
  const topicNumber = (number: number): string => `topic.${number}`

  it('are remembered up to a bound: then the oldest is asked for a note again, and still finds its values', () => {
    const { router, asked, names } = setUp()
    const wild = value('wild')
    router.add('topic.*', wild)
    router.add(topicNumber(0), value('exact'))
    for (let number = 0; number < 20_000; number++) {
      if (number === 10_000) router.remove('topic.*', wild)
      expect(router.match(topicNumber(number)).note).toEqual({ topic: topicNumber(number) })
    }
    expect(asked).toHaveLength(20_000)
    expect(names(topicNumber(0))).toEqual(['exact'])
    expect(asked).toHaveLength(20_001)
    expect(asked.at(-1)).toBe(topicNumber(0))
  })

  it('no more than 8,192 are remembered', () => {
    const { router, asked } = setUp()
    for (let number = 0; number < 30_000; number++) router.match(topicNumber(number))
    asked.length = 0
    for (let number = 29_999; number >= 0; number--) {
      router.match(topicNumber(number))
      if (asked.length > 0) {
        expect(30_000 - number).toBeLessThanOrEqual(8_193)
        return
      }
    }
    expect.unreachable('every topic was remembered')
  })

  it('do not push out one that is in use', () => {
    const { router, asked } = setUp()
    for (let number = 0; number < 30_000; number++) {
      router.match(topicNumber(number))
      router.match('in.use')
    }
    expect(asked.filter((topic) => topic === 'in.use')).toHaveLength(1)
  })

  it('one that comes back from the older half has caught up', () => {
    const { router, names } = setUp()
    names('a.b')
    for (let number = 0; number < 5_000; number++) router.match(topicNumber(number))
    router.add('a.*', value('one'))
    expect(names('a.b')).toEqual(['one'])
    router.add('*.b', value('two'))
    expect(names('a.b')).toEqual(['one', 'two'])
  })
})

describe('what is stored', () => {
  it('can be asked for by its exact pattern, in either spelling', () => {
    const { router } = setUp()
    const exact = value('exact')
    const wild = value('wild')
    router.add('user.created', exact)
    router.add('user.**', wild)
    expect(router.at('user:created')).toEqual([exact])
    expect(router.at('user:**.**')).toEqual([wild])
    expect(router.at('user.*')).toEqual([])
    expect(router.at('user')).toEqual([])
  })

  it('is nothing after all is removed', () => {
    const { router, names } = setUp()
    const patterns = ['a', 'a.b', 'a.*', '*.b', '**', '**.b', 'a.**.b', '$a.*']
    const values = patterns.map((pattern) => value(pattern))
    for (const [index, pattern] of patterns.entries()) router.add(pattern, values[index]!)
    for (const [index, pattern] of patterns.entries()) router.remove(pattern, values[index]!)
    expect(router.all()).toEqual([])
    for (const pattern of patterns) expect(router.at(pattern)).toEqual([])
    expect(names('a.b')).toEqual([])
  })

  it('is left alone by removing what is not there', () => {
    const { router, names } = setUp()
    const stays = value('stays')
    router.add('a.*', stays)
    router.add('a.b', stays)
    for (const pattern of ['a.*', 'a.b', 'a.b.c', 'x.**', 'x']) router.remove(pattern, value('stranger'))
    expect(names('a.b')).toEqual(['stays'])
    expect(names('a.c')).toEqual(['stays'])
  })

  it('is left alone by a malformed pattern', () => {
    const { router } = setUp()
    for (const pattern of ['', 'a..b', 'a*']) {
      expect(() => router.add(pattern, value('one'))).toThrow(
        expect.objectContaining({ code: 'pattern-invalid' }),
      )
      expect(() => router.remove(pattern, value('one'))).toThrow(
        expect.objectContaining({ code: 'pattern-invalid' }),
      )
    }
    expect(router.all()).toEqual([])
  })
})

/** Longer than a pattern of a bus may be. */
function longPattern(segments: readonly string[]): Pattern {
  return { text: segments.join('.'), segments, length: undefined }
}

/** How often a search for the topic looks at its segments. */
function looksAt({ text, segments }: Topic, trie: PatternTrie<Value>): number {
  const watched = counted(segments)
  trie.collect({ text, segments: watched.segments })
  return watched.looks
}

describe('the tree of patterns', () => {
  it('hides the topics of the bus itself from leading wildcards only', () => {
    const trie = new PatternTrie<Value>()
    const seen = ['$a.b', '$a.*', '$a.**', '$a.**.b'].map((pattern) => {
      const one = value(pattern)
      trie.add(toPattern(pattern), one)
      return one
    })
    for (const pattern of ['**', '*.b', '**.b', '*.*', '**.$a.b']) {
      trie.add(toPattern(pattern), value(pattern))
    }
    expect(new Set(trie.collect(toTopic('$a.b')))).toEqual(new Set(seen))
    expect(trie.collect(toTopic('a.b'))).toHaveLength(4)
  })

  it('looks at each segment a bounded number of times, however many ** the patterns have', () => {
    const trie = new PatternTrie<Value>()
    const pairs = Array.from({ length: 30 }, () => ['**', 'a']).flat()
    const found = value('found')
    trie.add(longPattern([...pairs, 'b']), value('not found'))
    trie.add(longPattern(pairs), found)
    const topic = Array.from({ length: 60 }, () => 'a')
    const watched = counted(topic, 4 * 61 * topic.length) // trying all ways: more than 10^17
    expect(new Set(trie.collect({ text: topic.join('.'), segments: watched.segments }))).toEqual(
      new Set([found]),
    )
  })

  it('keeps nothing of a pattern that was removed: a search is as short as before', () => {
    const trie = new PatternTrie<Value>()
    const topic = toTopic('a.b.c.d.e.f')
    const search = (): number => looksAt(topic, trie)
    const stays = ['a.*', '*.b.c', '**.x'].map((pattern) => ({
      pattern: toPattern(pattern),
      one: value(pattern),
    }))
    for (const { pattern, one } of stays) trie.add(pattern, one)
    const before = search()
    const goes = ['a.b.c.*', 'a.b.**.e.*', '*.*.*.*.*', '**.c.**.f', 'a.b.c.d.e.f', 'a.*.**.*'].map(
      (pattern) => ({
        pattern: toPattern(pattern),
        one: value(pattern),
      }),
    )
    for (const { pattern, one } of goes) trie.add(pattern, one)
    expect(search()).toBeGreaterThan(before)
    for (const { pattern, one } of goes) trie.remove(pattern, one)
    expect(search()).toBe(before)
    for (const { pattern, one } of stays) trie.remove(pattern, one)
    expect(search()).toBe(looksAt(topic, new PatternTrie()))
  })

  it('keeps a branch that others still need', () => {
    const trie = new PatternTrie<Value>()
    const inner = value('a.*')
    const outer = value('a.*.c.**')
    trie.add(toPattern('a.*'), inner)
    trie.add(toPattern('a.*.c.**'), outer)
    trie.remove(toPattern('a.*.c.**'), outer)
    expect(trie.collect(toTopic('a.b'))).toEqual([inner])
    trie.add(toPattern('a.*.c.**'), outer)
    trie.remove(toPattern('a.*'), inner)
    expect(trie.collect(toTopic('a.b.c.d'))).toEqual([outer])
  })

  it('holds one value under a pattern as well as many', () => {
    const trie = new PatternTrie<Value>()
    const [one, two, three] = [value('one'), value('two'), value('three')]
    for (const pattern of ['a.b', 'a.*']) {
      const segments = toPattern(pattern)
      trie.add(segments, one)
      trie.add(segments, one)
      expect(trie.at(segments)).toEqual([one])
      trie.add(segments, two)
      trie.add(segments, three)
      expect(new Set(trie.at(segments))).toEqual(new Set([one, two, three]))
      trie.remove(segments, one)
      trie.remove(segments, one)
      expect(new Set(trie.at(segments))).toEqual(new Set([two, three]))
      trie.remove(segments, three)
      trie.remove(segments, two)
      expect(trie.at(segments)).toEqual([])
    }
    expect(trie.all()).toEqual([])
  })
})
