import type { Contender } from '../contender.ts'
import { memoised } from './memo.ts'

/** The floor for wildcards: a memoised map, with the envelope and the isolation that every floor has. */
export const memoFloor: Contender = {
  name: 'memoised floor',
  make() {
    const { match, ...registry } = memoised()
    let id = 0
    return {
      ...registry,
      publish(topic, data) {
        const event = { id: id++, type: topic, time: Date.now(), data }
        const handlers = match(topic)
        for (let index = 0; index < handlers.length; index++) {
          try {
            handlers[index]!(event)
          } catch (error) {
            console.error(error)
          }
        }
      },
    }
  },
}
