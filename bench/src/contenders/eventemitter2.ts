import EventEmitter2 from 'eventemitter2'
import type { Contender } from '../contender.ts'

function contender(name: string, wildcard: boolean): Contender {
  return {
    name,
    make() {
      const emitter = new EventEmitter2({ wildcard, delimiter: '.', maxListeners: 0 })
      return {
        subscribe: (pattern, handler) => emitter.on(pattern, handler),
        unsubscribe: (pattern, handler) => emitter.off(pattern, handler),
        publish: (topic, data) => emitter.emit(topic, data),
      }
    },
  }
}

export const eventemitter2Plain: Contender = contender('EventEmitter2', false)
export const eventemitter2Wildcard: Contender = contender('EventEmitter2 (wildcard)', true)
