// A catalog types topics, data and handlers, and checks the data of every event.
import { createBus, defineCatalog, defineEvent, isBusError } from '@heliobus/core'
import * as z from 'zod'

const SolarStorm = defineEvent('cosmic.solar_storm.detected', { data: z.object({ kp: z.number().max(9) }) })
const Flare = defineEvent('cosmic.flare.detected', { data: z.object({ class: z.enum(['M', 'X']) }) })
const UserCreated = defineEvent('user.created', { data: z.object({ name: z.string().trim() }) })

const bus = createBus({ catalog: defineCatalog(SolarStorm, Flare, UserCreated) })

// Two definitions match, so the event is one of two, told apart by its type.
bus.subscribe('cosmic.*.detected', (event) => {
  if (event.type === 'cosmic.flare.detected') console.log('flare of class', event.data.class)
  else console.log('storm, Kp', event.data.kp)
})
// @ts-expect-error no topic in the catalog matches `usr.*`
bus.subscribe('usr.*', () => undefined)

bus.publish('cosmic.solar_storm.detected', { kp: 8 })
bus.publish(Flare({ class: 'X' })) // the same from a definition
console.log(bus.publish('user.created', { name: ' Ada ' }).data) // the schema's output

try {
  bus.publish('cosmic.solar_storm.detected', { kp: 12 })
} catch (error) {
  if (!isBusError(error, 'payload-invalid')) throw error
  console.log(error.code, error.details.issues[0]?.path)
}

// prints:
// storm, Kp 8
// flare of class X
// { name: 'Ada' }
// payload-invalid [ 'kp' ]
