import { QlobberDedup } from 'qlobber'
import type { Contender } from '../contender.ts'
import type { Handler } from '../handler.ts'

export function matcher(): QlobberDedup<Handler> {
  return new QlobberDedup({ separator: '.', wildcard_one: '*', wildcard_some: '**' })
}

/** Matches only: the loop over what it found is all that comes on top. */
export const qlobber: Contender = {
  name: 'qlobber (matching only)',
  make() {
    const handlers = matcher()
    return {
      subscribe: (pattern, handler) => handlers.add(pattern, handler),
      unsubscribe: (pattern, handler) => handlers.remove(pattern, handler),
      publish(topic, data) {
        for (const handler of handlers.match(topic)) handler(data)
      },
    }
  },
}
