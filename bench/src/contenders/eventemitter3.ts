import { EventEmitter } from 'eventemitter3'
import type { Contender } from '../contender.ts'

export const eventemitter3: Contender = {
  name: 'EventEmitter3',
  make() {
    const emitter = new EventEmitter()
    return {
      subscribe: (topic, handler) => emitter.on(topic, handler),
      unsubscribe: (topic, handler) => emitter.off(topic, handler),
      publish: (topic, data) => emitter.emit(topic, data),
    }
  },
}
