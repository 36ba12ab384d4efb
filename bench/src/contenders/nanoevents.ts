import { createNanoEvents } from 'nanoevents'
import type { Contender } from '../contender.ts'

export const nanoevents: Contender<() => void> = {
  name: 'nanoevents',
  make() {
    const emitter = createNanoEvents()
    return {
      subscribe: (topic, handler) => emitter.on(topic, handler),
      unsubscribe: (_topic, _handler, handle) => handle(),
      publish: (topic, data) => emitter.emit(topic, data),
    }
  },
}
