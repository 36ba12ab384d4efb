/** The matcher `toHavePublished` for vitest: importing this module is enough, best in a set-up file. */
import { expect } from 'vitest'
import { type Findings, findPublished } from './to-have-published.ts'

declare module 'vitest' {
  // oxlint-disable-next-line typescript/no-explicit-any -- to merge it must be written as vitest writes it
  interface Matchers<T = any> {
    /**
     * That an event was published on a `createTestBus()`: of a topic, pattern or definition, and, when `data` is given,
     * with data that holds at least these members. Asymmetric matchers such as `expect.any(Number)` may be part of it.
     */
    toHavePublished(pattern: string | { readonly type: string }, data?: unknown): void
  }
}

expect.extend({
  toHavePublished(test: unknown, pattern: string | { readonly type: string }, data?: unknown): Findings {
    const { equals, utils } = this
    const fits = (actual: unknown): boolean =>
      equals(actual, data, [...this.customTesters, utils.iterableEquality, utils.subsetEquality])
    return findPublished(test, pattern, data, fits, (value) => utils.stringify(value, 10, { min: true }))
  },
})
