import Emittery from 'emittery'
import type { Contender } from '../contender.ts'

export const emittery: Contender = {
  name: 'emittery (awaited emit)',
  awaited: true,
  make() {
    const emitter = new Emittery<Record<string, object>>()
    return {
      subscribe: (topic, handler) => emitter.on(topic, handler),
      unsubscribe: (topic, handler) => emitter.off(topic, handler),
      publish: (topic, data) => emitter.emit(topic, data),
    }
  },
}
