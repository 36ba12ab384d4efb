import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matches } from '../src/index.ts'
import { type Match, type Ranked, Router } from '../src/router.ts'
import { canonical } from '../src/topic.ts'
import { type Listener, TopicSubject } from '../src/topic-subject.ts'
import { patterns } from './arbitrary-topics.ts'

const topics = ['a', 'b', 'a.b', 'a:b', 'b.a', 'a.b.a', 'a.a.a', 'b:b.a:b', '$a', '$a.b']

const noteOn = (topic: string): string => `note on ${topic}`

type Step =
  | { readonly do: 'add'; readonly patterns: readonly string[]; readonly priority: number }
  | { readonly do: 'remove'; readonly which: number }
  | { readonly do: 'match'; readonly topic: string }
  | { readonly do: 'forget' }

/** Long series with few matches, so that a topic often misses more changes than the router keeps: 64. */
function steps(perValue: number): fc.Arbitrary<Step[]> {
  const step = fc.oneof(
    {
      weight: 10,
      arbitrary: fc.record({
        do: fc.constant('add' as const),
        patterns: fc.array(patterns(5), { minLength: 1, maxLength: perValue }),
        priority: fc.integer({ min: -2, max: 2 }),
      }),
    },
    { weight: 9, arbitrary: fc.record({ do: fc.constant('remove' as const), which: fc.nat() }) },
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constant('match' as const), topic: fc.constantFrom(...topics) }),
    },
    { weight: 1, arbitrary: fc.constant({ do: 'forget' as const }) },
  )
  return fc.array(step, { minLength: 1, maxLength: 500, size: 'max' })
}

interface Subject<V> {
  add(value: V): void
  remove(value: V): void
  match(topic: string): { readonly values: readonly V[]; readonly note: string }
  forget(): void
  at(pattern: string): V[]
  all(): V[]
}

function inOrder<V extends Ranked>(values: readonly V[]): V[] {
  return values.toSorted((a, b) => b.priority - a.priority || a.order - b.order)
}

/** What a series of steps was worth. */
interface Played {
  /** For each match, how many changes its topic had missed. */
  readonly missed: readonly number[]
  /** For each match, how many values it found. */
  readonly found: readonly number[]
}

/** Plays the steps beside the plainest router there is: a list that is searched with `matches`. */
function play(subject: Subject<Listener>, series: readonly Step[]): Played {
  let values: Listener[] = []
  let changes = 0
  const seenAt = new Map<string, number>()
  const taken: { readonly found: readonly Listener[]; readonly copy: readonly Listener[] }[] = []
  const missed: number[] = []

  const add = (value: Listener): void => {
    values.push(value)
    subject.add(value)
    changes += value.patterns.length
    expect(subject.at(value.patterns[0]!)).toContain(value)
  }
  const remove = (value: Listener): void => {
    values = values.filter((one) => one !== value)
    subject.remove(value)
    changes += value.patterns.length
  }
  const match = (topic: string): void => {
    const { values: found, note } = subject.match(topic)
    const fits = ({ patterns: all }: Listener): boolean => all.some((pattern) => matches(pattern, topic))
    expect(found).toEqual(inOrder(values.filter(fits)))
    expect(note).toBe(noteOn(topic))
    taken.push({ found, copy: [...found] })
    missed.push(changes - (seenAt.get(topic) ?? changes))
    seenAt.set(topic, changes)
  }

  for (const [order, step] of series.entries()) {
    if (step.do === 'add') add({ patterns: step.patterns, priority: step.priority, order })
    else if (step.do === 'match') match(step.topic)
    else if (step.do === 'forget') subject.forget()
    else if (values.length > 0) remove(values[step.which % values.length]!)
  }
  expect(subject.all()).toEqual(inOrder(values))
  for (const { found, copy } of taken) expect(found).toEqual(copy)

  const used = values.flatMap((value) => value.patterns)
  for (const value of values) remove(value)
  expect(subject.all()).toEqual([])
  for (const pattern of used) expect(subject.at(pattern)).toEqual([])
  for (const topic of topics) match(topic)
  return { missed, found: taken.map(({ found }) => found.length) }
}

/** The laws hold for every series of steps; and the series were worth something. */
function check(perValue: number, make: () => Subject<Listener>): void {
  const missed: number[] = []
  const found: number[] = []
  fc.assert(
    fc.property(steps(perValue), (series) => {
      const played = play(make(), series)
      missed.push(...played.missed)
      found.push(...played.found)
    }),
    { numRuns: 60, interruptAfterTimeLimit: 30_000 }, // a series that fails is made short, but not for ever
  )
  expect(missed.filter((count) => count > 64).length, 'topics that missed more than is kept').toBeGreaterThan(
    10,
  )
  expect(missed.filter((count) => count > 0 && count <= 64).length, 'topics that caught up').toBeGreaterThan(
    10,
  )
  expect(found.filter((count) => count > 1).length, 'matches with an order').toBeGreaterThan(100)
}

/** A router as a subject of one pattern a value. */
function plainRouter(): Subject<Listener> {
  const router = new Router<Listener, string>(noteOn)
  return {
    add: (value) => router.add(value.patterns[0]!, value),
    remove: (value) => router.remove(value.patterns[0]!, value),
    match: (topic) => router.match(topic),
    forget: () => router.forget(),
    at: (pattern) => router.at(pattern),
    all: () => router.all(),
  }
}

class Spine extends TopicSubject<{ readonly type: string }, Listener, string> {
  delivered: readonly Listener[] = []

  constructor() {
    super(noteOn)
  }

  protected override deliver(_: { readonly type: string }, match: Match<Listener, string>): void {
    this.delivered = match.values
  }
}

describe('whatever is added, removed and looked up, in whatever order', () => {
  it('a topic finds exactly the values whose pattern matches it, by priority, then as they came', () => {
    check(1, plainRouter)
  })

  it('a listener under several patterns is found once, and wholly removed', () => {
    check(3, () => new Spine())
  })
})

describe('whatever listeners there are', () => {
  it('a value reaches those that match its type, and both spellings reach the same', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(patterns(4), { maxLength: 3 })),
        fc.constantFrom(...topics),
        (lists, type) => {
          const spine = new Spine()
          const listeners = lists.map((list, order) => ({ patterns: list, priority: 0, order }))
          for (const listener of listeners) spine.add(listener)
          const expected = listeners.filter((one) => one.patterns.some((pattern) => matches(pattern, type)))
          spine.next({ type })
          expect(spine.delivered).toEqual(expected)
          spine.next({ type: canonical(type) })
          expect(spine.delivered).toEqual(expected)
        },
      ),
    )
  })
})
