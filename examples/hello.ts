// A bus without a catalog: every topic may be published, and `data` is `unknown`.
import { createBus } from '@heliobus/core'

const bus = createBus({ source: 'hello' })

bus.subscribe('user.created', (event) => console.log('exact:', event.type, event.data))
const users = bus.subscribe('user.*', (event) => console.log('one segment:', event.type))
bus.subscribe('**', (event) => console.log('everything:', event.type, 'from', event.source))

// The handlers above are synchronous: they have finished when `publish` returns.
bus.publish('user.created', { name: 'Ada' })

users.unsubscribe()
bus.publish('user:deleted', { name: 'Ada' }) // `:` and `.` are equal

// prints:
// exact: user.created { name: 'Ada' }
// one segment: user.created
// everything: user.created from hello
// everything: user:deleted from hello
