import type { Contender } from '../contender.ts'
import type { Handler } from '../handler.ts'

/** What nobody would write less of by hand: a map, a loop that survives a failing handler, an envelope. */
export const floor: Contender = {
  name: 'floor',
  make() {
    const topics = new Map<string, Handler[]>()
    let id = 0
    return {
      subscribe(topic, handler) {
        const handlers = topics.get(topic)
        if (handlers === undefined) topics.set(topic, [handler])
        else handlers.push(handler)
      },
      unsubscribe(topic, handler) {
        const rest = topics.get(topic)?.filter((other) => other !== handler) ?? []
        if (rest.length > 0) topics.set(topic, rest)
        else topics.delete(topic)
      },
      publish(topic, data) {
        const event = { id: id++, type: topic, time: Date.now(), data }
        const handlers = topics.get(topic)
        if (handlers === undefined) return event
        for (let index = 0; index < handlers.length; index++) {
          try {
            handlers[index]!(event)
          } catch (error) {
            console.error(error)
          }
        }
        return event
      },
    }
  },
}
