import { expect, test } from 'vitest'
import { diffPayloads, openPayload, type PayloadNode, searchPayload } from '../src/model.ts'
import { estimateSize, payloadText } from '../src/model/payload-text.ts'
import { toPlainJson } from '../src/model/plain-json.ts'

const cyclic: Record<string, unknown> = { name: 'ring' }
cyclic['self'] = cyclic
const thrower = {
  get broken(): string {
    throw new Error('not now')
  },
  fine: 1,
}
const hostile = new Proxy(
  {},
  {
    ownKeys: () => {
      throw new Error('no keys')
    },
    get: () => {
      throw new Error('no members')
    },
    getPrototypeOf: () => {
      throw new Error('no prototype')
    },
  },
)
const awkward: readonly (readonly [string, unknown])[] = [
  ['a cycle', cyclic],
  ['a getter that throws', thrower],
  ['a proxy that throws', hostile],
  ['a revoked proxy', revoked()],
  ['5 MB of text', 'x'.repeat(5_000_000)],
  ['a million keys', Object.fromEntries(Array.from({ length: 1_000_000 }, (_, key) => [`k${key}`, key]))],
  ['deep nesting', Array.from({ length: 20_000 }).reduce<unknown>((inner) => [inner], 'core')],
  ['markup', '<img src=x onerror=alert(1)>'],
  ['a symbol', Symbol('s')],
  ['a bigint', 10n],
  ['an object without prototype', Object.create(null)],
  [
    'what throws a thrower',
    Object.defineProperty({}, 'a', {
      enumerable: true,
      get: () => {
        throw hostile
      },
    }),
  ],
]

function revoked(): unknown {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}

test.each(awkward)(
  '%s can be looked at, searched, compared, measured and written',
  (_, value) => {
    const unfold = (node: PayloadNode, levels: number): void => {
      expect(node.preview.length).toBeLessThan(300)
      if (levels > 0) for (const child of node.children().slice(0, 3)) unfold(child, levels - 1)
    }
    unfold(openPayload(value), 3)
    unfold(openPayload({ value }), 3)
    expect(searchPayload({ value }, 'value').paths[0]).toEqual(['value'])
    const { differences, complete } = diffPayloads({ value }, { value: [value] })
    expect(differences.length > 0 || !complete).toBe(true)
    expect(payloadText({ value }).length).toBeLessThan(10_000)
    expect(estimateSize({ value })).toBeGreaterThan(0)
    expect(typeof JSON.stringify(toPlainJson({ value }).value)).toBe('string')
  },
  30_000,
)

test('a tree unfolds level by level, a cycle ends it, what throws says why', () => {
  const [name, self] = openPayload(cyclic).children()
  expect(name).toMatchObject({ key: 'name', path: ['name'], kind: 'text', preview: 'ring' })
  expect(self).toMatchObject({ kind: 'cycle', expandable: false })
  expect(openPayload(thrower).children()[0]).toMatchObject({
    kind: 'unreadable',
    preview: "(can't be read: Error: not now)",
  })
})

test('a list of many is shown in chunks of a hundred', () => {
  const list = Array.from({ length: 25_050 }, (_, index) => index)
  const chunks = openPayload(list).children()
  expect(chunks.map(({ key }) => key)).toEqual(['0…9999', '10000…19999', '20000…25049'])
  const inner = chunks[2]!.children()
  expect(inner.at(-1)?.children().at(-1)).toMatchObject({ key: '25049', value: 25_049, path: ['25049'] })
})

test('a search answers with the paths of keys and values', () => {
  const order = { id: 7, user: { name: 'Ada' }, items: [{ name: 'globe' }, { title: 'ADA' }] }
  expect(searchPayload(order, 'ada')).toEqual({
    paths: [
      ['user', 'name'],
      ['items', '1', 'title'],
    ],
    complete: true,
  })
  expect(searchPayload(Array.from({ length: 500 }).fill('x'), 'x')).toMatchObject({ complete: false })
  expect(searchPayload({ long: `${'x'.repeat(100_000)}needle` }, 'needle')).toMatchObject({
    paths: [],
    complete: false,
  })
})

test('a diff names what was added, removed and changed', () => {
  const before = { total: 1, user: { name: 'Ada', age: 3 }, tags: ['a'] }
  const after = { total: 2, user: { name: 'Ada' }, tags: ['a', 'b'] }
  expect(diffPayloads(before, after)).toMatchObject({
    complete: true,
    differences: [
      { path: ['total'], kind: 'changed', before: 1, after: 2 },
      { path: ['user', 'age'], kind: 'removed', before: 3 },
      { path: ['tags', '1'], kind: 'added', after: 'b' },
    ],
  })
  expect(diffPayloads(before, structuredClone(before)).differences).toEqual([])
  const at = (time: number): object => ({ due: new Date(time), reason: new Error(`at ${time}`) })
  expect(diffPayloads(at(1), at(1)).differences).toEqual([])
  expect(diffPayloads(at(1), at(2)).differences.map(({ path }) => path)).toEqual([['due'], ['reason']])
})
