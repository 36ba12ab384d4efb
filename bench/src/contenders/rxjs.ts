import { matches } from '@heliobus/core'
import { filter, Subject, type Subscription } from 'rxjs'
import type { Contender } from '../contender.ts'

interface Message {
  readonly topic: string
  readonly data: object
}

/** One Subject a topic: the caller has found it beforehand. */
export const subject: Contender<Subscription> = {
  name: 'RxJS Subject',
  make() {
    const subjects = new Map<string, Subject<object>>()
    const at = (topic: string): Subject<object> => {
      const found = subjects.get(topic) ?? new Subject()
      subjects.set(topic, found)
      return found
    }
    return {
      subscribe: (topic, handler) => at(topic).subscribe(handler),
      unsubscribe: (_topic, _handler, handle) => handle.unsubscribe(),
      publish: (topic, data) => subjects.get(topic)?.next(data),
    }
  },
}

/** One Subject for all, and a filter a subscriber. */
export const filteredSubject: Contender<Subscription> = {
  name: 'RxJS Subject + filter',
  make() {
    const all = new Subject<Message>()
    return {
      subscribe: (pattern, handler) => all.pipe(filter(fits(pattern))).subscribe(handler),
      unsubscribe: (_pattern, _handler, handle) => handle.unsubscribe(),
      publish: (topic, data) => all.next({ topic, data }),
    }
  },
}

function fits(pattern: string): (message: Message) => boolean {
  return pattern.includes('*') ? ({ topic }) => matches(pattern, topic) : ({ topic }) => topic === pattern
}
