import mqemitter from 'mqemitter'
import type { Contender } from '../contender.ts'

export const mqemitterBus: Contender = {
  name: 'mqemitter',
  style: 'called back',
  make() {
    const emitter = mqemitter({ separator: '.', wildcardOne: '*', wildcardSome: '**' })
    return {
      subscribe: (pattern, handler) => emitter.on(pattern, handler),
      unsubscribe: (pattern, handler) => emitter.removeListener(pattern, handler),
      publish: (topic, data) => emitter.emit({ topic, data }),
    }
  },
}
