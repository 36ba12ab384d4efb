import postal from 'postal'
import type { Contender } from '../contender.ts'

let made = 0

/** Its `#` is what others spell `**`. */
export const postalBus: Contender<{ unsubscribe(): void }> = {
  name: 'postal',
  make() {
    const channel = postal.channel(`bench-${made++}`)
    return {
      subscribe: (pattern, handler) => channel.subscribe(pattern.replaceAll('**', '#'), handler),
      unsubscribe: (_pattern, _handler, handle) => handle.unsubscribe(),
      publish: (topic, data) => channel.publish(topic, data),
    }
  },
}
