// A scope is a module's view of a bus: its own name, its own definitions, and one call that ends all of it.
import { type Bus, createBus, defineCatalog, defineEvent } from '@heliobus/core'
import * as z from 'zod'

const UserCreated = defineEvent('user.created', { data: z.object({ name: z.string() }) })
const FullMoon = defineEvent('cosmic.full_moon', { data: z.object({ sign: z.string() }) })

/** A module that knows only its own definitions: its `**` means those, and `data.name` is typed. */
function startUsers(users: Bus<typeof UserCreated>): void {
  users.subscribe('**', ({ data, source }) => console.log(`users: ${data.name}, from ${source}`))
  users.publish('user.created', { name: 'Ada' })
}

const bus = createBus({ catalog: defineCatalog(UserCreated, FullMoon), source: 'app' })
bus.subscribe('**', ({ type, source }) => console.log(`app: ${type}, from ${source}`))

const users = bus.scope('users', defineCatalog(UserCreated))
startUsers(users)
bus.publish('cosmic.full_moon', { sign: 'Leo' }) // the module does not see it

await users.close()
bus.publish('user.created', { name: 'Grace' }) // nor this, now
console.log(`subscriptions: ${bus.subscriptions().length}`)

// prints:
// app: user.created, from users
// users: Ada, from users
// app: cosmic.full_moon, from app
// app: user.created, from app
// subscriptions: 1
