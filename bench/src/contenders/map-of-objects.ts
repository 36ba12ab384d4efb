import type { Contender } from '../contender.ts'
import type { Handler } from '../handler.ts'

/** The least that a subscription can be: an object in a Map, under its pattern. It matches nothing. */
export const mapOfObjects: Contender = {
  name: 'Map of objects',
  make() {
    const byPattern = new Map<string, { readonly pattern: string; readonly handler: Handler }>()
    return {
      subscribe: (pattern, handler) => byPattern.set(pattern, { pattern, handler }),
      unsubscribe: (pattern) => byPattern.delete(pattern),
      publish: () => undefined,
    }
  },
}
