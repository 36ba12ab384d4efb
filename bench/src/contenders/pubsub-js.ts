import PubSub from 'pubsub-js'
import type { Contender } from '../contender.ts'

/** One for the whole process, whoever makes it. */
export const pubsubJs: Contender<string> = {
  name: 'PubSubJS (publishSync)',
  make: () => ({
    subscribe: (topic, handler) => PubSub.subscribe(topic, handler),
    unsubscribe: (_topic, _handler, handle) => PubSub.unsubscribe(handle),
    publish: (topic, data) => PubSub.publishSync(topic, data),
  }),
}
