import mitt from 'mitt'
import type { Contender } from '../contender.ts'

export const mittEmitter: Contender = {
  name: 'mitt',
  make() {
    const emitter = mitt()
    return {
      subscribe: (topic, handler) => emitter.on(topic, handler),
      unsubscribe: (topic, handler) => emitter.off(topic, handler),
      publish: (topic, data) => emitter.emit(topic, data),
    }
  },
}
