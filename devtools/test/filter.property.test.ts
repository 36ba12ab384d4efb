import { matches } from '@heliobus/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Clause, compileFilter, type Filter, parseFilter, printFilter, Recorder } from '../src/model.ts'
import { compileRegex } from '../src/model/linear-regex.ts'
import { event, failed, handled, published } from './signals.ts'

const pieces = fc.constantFrom(
  'topic:a.*',
  'is:',
  '(',
  ')',
  '|',
  '-',
  '"',
  '/',
  '\\',
  ' ',
  'dur>',
  '20ms',
  'data.x',
  '=',
  '*',
  'é😀',
  ':',
)
const anyText = fc.oneof(
  fc.string(),
  fc.array(pieces).map((parts) => parts.join('')),
)

const clause: fc.Arbitrary<Clause> = fc.oneof(
  fc.record({ kind: fc.constant('topic' as const), pattern: fc.constantFrom('a', 'a.*', '**.c', '**') }),
  fc.record({
    kind: fc.constant('is' as const),
    word: fc.constantFrom('ok' as const, 'error' as const, 'handled' as const),
  }),
  fc.record({
    kind: fc.constant('name' as const),
    field: fc.constant('handler' as const),
    glob: fc.constantFrom('mail', 'm*', '*x'),
  }),
  fc.record({
    kind: fc.constant('measure' as const),
    field: fc.constant('dur' as const),
    comparison: fc.constantFrom('>' as const, '<=' as const, '=' as const),
    value: fc.integer({ min: 0, max: 5 }),
  }),
  fc.record({ kind: fc.constant('text' as const), text: fc.constantFrom('one', 'TWO', 'a "q" \\') }),
)
const { filter } = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 4 },
    fc.record({ kind: fc.constant('clause' as const), clause }),
    fc.record({ kind: fc.constant('not' as const), part: tie('filter') }),
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      parts: fc.array(tie('filter'), { minLength: 2, maxLength: 3 }),
    }),
  ),
}))

interface Plain {
  readonly type: string
  readonly data: string
  readonly handlers: readonly { readonly name: string; readonly ms: number; readonly bad: boolean }[]
}

const plain: fc.Arbitrary<Plain> = fc.record({
  type: fc.constantFrom('a', 'a.b', 'b.c'),
  data: fc.constantFrom('one', 'two', 'a "q" \\'),
  handlers: fc.array(
    fc.record({
      name: fc.constantFrom('mail', 'max'),
      ms: fc.integer({ min: 0, max: 5 }),
      bad: fc.boolean(),
    }),
    { maxLength: 3 },
  ),
})

test('no text makes the parser throw, and what it understood prints to the same filter', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const { filter: understood, faults } = parseFilter(text)
      for (const { start, end } of faults) expect(start >= 0 && start <= end && end <= text.length).toBe(true)
      const printed = printFilter(understood)
      const again = parseFilter(printed)
      expect(again.faults).toEqual([])
      expect(again.filter).toEqual(understood)
      expect(printFilter(again.filter)).toBe(printed)
    }),
    { numRuns: 500 },
  )
})

test('a filter finds what a plain reading of it finds', () => {
  fc.assert(
    fc.property(filter, fc.array(plain, { maxLength: 20 }), (wanted, list) => {
      const recorder = new Recorder({ capacity: 32 })
      for (const [index, one] of list.entries()) {
        const sent = event(String(index), one.type, one.data)
        recorder.record(published(sent))
        for (const { name, ms, bad } of one.handlers)
          recorder.record(
            bad ? ({ ...failed(sent, name), ms } as ReturnType<typeof failed>) : handled(sent, name, ms),
          )
      }
      for (const of of [wanted, parseFilter(printFilter(wanted)).filter]) {
        const fits = compileFilter(of, recorder.rows, 0)
        expect(list.map((_, row) => fits(row))).toEqual(list.map((one) => passes(wanted, one)))
      }
    }),
  )
})

function passes(wanted: Filter, one: Plain): boolean {
  if (wanted.kind === 'and') return wanted.parts.every((part) => passes(part, one))
  if (wanted.kind === 'or') return wanted.parts.some((part) => passes(part, one))
  return wanted.kind === 'not' ? !passes(wanted.part, one) : asks(wanted.clause, one)
}

function asks(asked: Clause, { type, data, handlers }: Plain): boolean {
  if (asked.kind === 'topic') return matches(asked.pattern, type)
  if (asked.kind === 'name')
    return handlers.some(({ name }) => new RegExp(`^${asked.glob.replace('*', '.*')}$`).test(name))
  if (asked.kind === 'text') return type.includes(asked.text) || data.includes(asked.text.toLowerCase())
  return asked.kind === 'is'
    ? isSo(asked.word, handlers)
    : asked.kind === 'measure' && measures(asked, handlers)
}

function isSo(word: string, handlers: Plain['handlers']): boolean {
  const bad = handlers.some((handler) => handler.bad)
  const good = handlers.some((handler) => !handler.bad)
  return word === 'error' ? bad : good && (word === 'handled' || !bad)
}

function measures(
  { comparison, value }: Extract<Clause, { kind: 'measure' }>,
  handlers: Plain['handlers'],
): boolean {
  const slowest = Math.max(0, ...handlers.map(({ ms }) => ms))
  if (comparison === '>') return slowest > value
  return comparison === '=' ? slowest === value : slowest <= value
}

const atoms = fc.constantFrom(
  'a',
  'B',
  '.',
  '[ab]',
  '[^a]',
  '\\d',
  '(',
  '(?:',
  ')',
  '|',
  '*',
  '+',
  '?',
  '{2}',
  '{1,}',
  '{0,2}',
  '^',
  '$',
  'c',
)

test('an expression finds what JavaScript finds, or says why it is not read', () => {
  const expression = fc.array(atoms, { maxLength: 8 }).map((parts) => parts.join(''))
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'A', '1', '\n'), maxLength: 8 })
  fc.assert(
    fc.property(expression, fc.array(text, { minLength: 3, maxLength: 10 }), (source, texts) => {
      const search = compileRegex(source)
      if (typeof search === 'string') return
      const theirs = new RegExp(source, 'i')
      for (const one of texts) expect([one, search.finds(one)]).toEqual([one, theirs.test(one)])
    }),
    { numRuns: 1_000 },
  )
})

test.each(['(a+)+$', '^(a|a)*$', '(a?){30}a{30}$', '(.*a){20}$'])('%s does not hang', (source) => {
  const search = compileRegex(source)
  expect(typeof search === 'string' || search.finds(`${'a'.repeat(4_000)}!`)).toBe(false)
})

test.each(['a'.repeat(201), '(((a{99}){99}){99})', '(?<=a)b', '(a)\\1', 'a**', '[b-a]', 'a{2,1}'])(
  '%s is not read',
  (source) => {
    expect(typeof compileRegex(source)).toBe('string')
  },
)
