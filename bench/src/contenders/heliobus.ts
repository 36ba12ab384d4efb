import { createBus, type Subscription } from '@heliobus/core'
import type { Contender } from '../contender.ts'

export const heliobus: Contender<Subscription> = {
  name: 'heliobus',
  make() {
    const bus = createBus()
    return {
      subscribe: (pattern, handler) => bus.subscribe(pattern, handler),
      unsubscribe: (_pattern, _handler, handle) => handle.unsubscribe(),
      publish: (topic, data) => bus.publish(topic, data),
    }
  },
}
