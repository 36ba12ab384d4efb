import type { Contender, Emitter } from '../contender.ts'
import type { Handler } from '../handler.ts'
import { matcher } from './qlobber.ts'

/** What each topic matched last time, for ever: unbounded, and flushed whole by every change. */
export function memoised(): Omit<Emitter, 'publish'> & {
  readonly match: (topic: string) => readonly Handler[]
} {
  const handlers = matcher()
  const known = new Map<string, readonly Handler[]>()
  const meet = (topic: string): readonly Handler[] => {
    const found = [...handlers.match(topic)]
    known.set(topic, found)
    return found
  }
  const flush = (): void => {
    if (known.size > 0) known.clear()
  }
  return {
    subscribe(pattern, handler) {
      handlers.add(pattern, handler)
      flush()
    },
    unsubscribe(pattern, handler) {
      handlers.remove(pattern, handler)
      flush()
    },
    match: (topic) => known.get(topic) ?? meet(topic),
  }
}

/** No event, no isolation: nothing but the lookup and the calls. */
export const memo: Contender = {
  name: 'memoised Map',
  make() {
    const { match, ...registry } = memoised()
    return {
      ...registry,
      publish(topic, data) {
        const handlers = match(topic)
        for (let index = 0; index < handlers.length; index++) handlers[index]!(data)
      },
    }
  },
}
