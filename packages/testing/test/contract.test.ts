import { expect, test } from 'vitest'
import { type ContractCase, declareContract, runContract } from '../src/index.ts'

interface Cup {
  readonly traits: { readonly hasHandle: boolean; readonly isTall: boolean; readonly colour: string }
  readonly volume: number
}

const cup: Cup = { traits: { hasHandle: true, isTall: false, colour: 'red' }, volume: 3 }

const cases: readonly ContractCase<Cup>[] = [
  { name: 'holds something', run: async ({ volume }) => check(volume > 0) },
  { name: 'holds a lot', run: async ({ volume }) => check(volume > 10) },
  { name: 'can be held', needs: ['hasHandle'], run: async () => undefined },
  { name: 'can be held up high', needs: ['hasHandle', 'isTall'], run: async () => undefined },
]

function check(holds: boolean): void {
  if (!holds) throw new Error('it does not')
}

test('a contract can be run without a test runner, and says what came of each case', async () => {
  expect(await runContract(cases, cup)).toEqual([
    { name: 'holds something', status: 'passed' },
    { name: 'holds a lot', status: 'failed', error: new Error('it does not') },
    { name: 'can be held', status: 'passed' },
    { name: 'can be held up high', status: 'skipped', missing: ['isTall'] },
  ])
})

test('a contract can be declared to a test runner; a skipped case says what is missing', () => {
  const declared: string[] = []
  const runner = Object.assign((name: string) => declared.push(name), {
    skip: (name: string) => declared.push(`skip: ${name}`),
  })
  declareContract(cases, cup, runner)
  expect(declared).toEqual([
    'holds something',
    'holds a lot',
    'can be held',
    'skip: can be held up high (skipped: not isTall)',
  ])
})
