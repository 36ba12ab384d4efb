import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matches } from '../src/index.ts'
import { type Match, type Ranked, Router } from '../src/router.ts'
import { canonical } from '../src/topic.ts'
import { type Listener, TopicSubject } from '../src/topic-subject.ts'
import { patterns } from './arbitrary-topics.ts'

const topics = ['a', 'b', 'a.b', 'a:b', 'b.a', 'a.b.a', 'a.a.a', 'b:b.a:b', '$a', '$a.b']

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
  return [...values].sort((a, b) => b.priority - a.priority || a.order - b.order)
}

/** Runs the steps beside the plainest router there is: a list that is searched with `matches`. */
class Run {
  readonly #subject: Subject<Listener>
  readonly #taken: { readonly values: readonly Listener[]; readonly copy: readonly Listener[] }[] = []
  readonly #missed = new Map<string, number>()
  readonly gaps: number[] = []
  readonly found: number[] = []
  #values: Listener[] = []
  #order = 0

  constructor(subject: Subject<Listener>) {
    this.#subject = subject
  }

  take(step: Step): void {
    if (step.do === 'add')
      this.#add({ patterns: step.patterns, priority: step.priority, order: this.#order++ })
    else if (step.do === 'remove') this.#remove(this.#values[step.which % this.#values.length])
    else if (step.do === 'forget') this.#subject.forget()
    else this.#match(step.topic)
  }

  /** What was taken is as it was; what is left is what should be; and nothing is left when all has gone. */
  end(): void {
    for (const { values, copy } of this.#taken) expect(values).toEqual(copy)
    expect(this.#subject.all()).toEqual(inOrder(this.#values))
    const patternsUsed = this.#values.flatMap((value) => value.patterns)
    for (const value of this.#values) this.#subject.remove(value)
    expect(this.#subject.all()).toEqual([])
    for (const pattern of patternsUsed) expect(this.#subject.at(pattern)).toEqual([])
    for (const topic of topics) expect(this.#subject.match(topic).values).toEqual([])
  }

  #add(value: Listener): void {
    this.#values.push(value)
    this.#subject.add(value)
    this.#changed(value)
    const [pattern] = value.patterns
    expect(this.#subject.at(pattern!)).toContain(value)
  }

  #remove(value: Listener | undefined): void {
    if (value === undefined) return
    this.#values = this.#values.filter((one) => one !== value)
    this.#subject.remove(value)
    this.#changed(value)
  }

  #changed({ patterns: { length } }: Listener): void {
    for (const [topic, missed] of this.#missed) this.#missed.set(topic, missed + length)
  }

  #match(topic: string): void {
    const { values, note } = this.#subject.match(topic)
    const expected = this.#values.filter((value) => value.patterns.some((pattern) => matches(pattern, topic)))
    expect(values).toEqual(inOrder(expected))
    expect(note).toBe(`note on ${topic}`)
    this.#taken.push({ values, copy: [...values] })
    this.found.push(values.length)
    this.gaps.push(this.#missed.get(topic) ?? 0)
    this.#missed.set(topic, 0)
  }
}

/** The laws hold for every series of steps; and the series were worth something. */
function check(perValue: number, make: () => Subject<Listener>): void {
  const gaps: number[] = []
  let found = 0
  fc.assert(
    fc.property(steps(perValue), (series) => {
      const run = new Run(make())
      for (const step of series) run.take(step)
      run.end()
      gaps.push(...run.gaps)
      found += run.found.filter((count) => count > 1).length
    }),
    { numRuns: 60 },
  )
  expect(
    gaps.filter((gap) => gap > 64).length,
    'topics that had missed more changes than are kept',
  ).toBeGreaterThan(10)
  expect(gaps.filter((gap) => gap > 0 && gap <= 64).length, 'topics that caught up').toBeGreaterThan(10)
  expect(found, 'matches with an order').toBeGreaterThan(100)
}

const noteOn = (topic: string): string => `note on ${topic}`

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
