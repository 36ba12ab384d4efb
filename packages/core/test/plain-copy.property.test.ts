import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { copyPlain, doubtful } from '../src/plain-copy.ts'

const limits = { depth: 32, bytes: 1_000_000 }

describe('the quick copy', () => {
  it('of JSON is equal to it, and shares nothing with it', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        const copy = copyPlain(value, limits)
        if (copy === doubtful) return JSON.stringify(value).includes('__proto__')
        expect(copy).toEqual(value)
        return typeof value !== 'object' || value === null || copy !== value
      }),
    )
  })

  it.each<[string, unknown]>([
    ['a function', { run: () => undefined }],
    ['a bigint', [1n]],
    ['not a number', { at: Number.NaN }],
    ['undefined in an array', [undefined]],
    ['a date', { at: new Date(0) }],
    ['a map', new Map()],
    ['an object that says what it is in JSON', { toJSON: () => 1 }],
    ['an object without a prototype', Object.create(null)],
    ['a member called __proto__', JSON.parse('{ "__proto__": 1 }')],
    ['more than the limit, perhaps', 'x'.repeat(200_000)],
  ])('leaves %s to the closer look', (_name, value) => {
    expect(copyPlain(value, limits)).toBe(doubtful)
  })

  it('leaves a cycle and a getter that throws to the closer look', () => {
    const cycle: { self?: unknown } = {}
    cycle.self = cycle
    const trap = {
      get member(): never {
        throw new Error('no')
      },
    }
    expect(copyPlain(cycle, limits)).toBe(doubtful)
    expect(copyPlain(trap, limits)).toBe(doubtful)
  })

  it('leaves out members that are undefined, as JSON does', () => {
    const copy = copyPlain({ a: undefined, b: 1 }, limits)
    expect(copy).toStrictEqual({ b: 1 })
  })
})
