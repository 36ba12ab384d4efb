import { type BusEvent, createBus } from '@heliobus/core'
import type { OrderingSubject } from '@heliobus/testing'
import Emittery from 'emittery'
import EventEmitter2 from 'eventemitter2'
import mitt from 'mitt'
import mqemitter from 'mqemitter'
import postal from 'postal'

/** A library that is put to the test. */
export interface NamedSubject extends OrderingSubject {
  readonly name: string
}

type Handler = (data: unknown) => unknown

/** What a library takes in a handler's place: the same for the same handler, so that it is subscribed twice where that is. */
function standIn<Listener>(make: (handler: Handler) => Listener): (handler: Handler) => Listener {
  const made = new WeakMap<Handler, Listener>()
  return (handler) => {
    const listener = made.get(handler) ?? make(handler)
    made.set(handler, listener)
    return listener
  }
}

const heliobus: NamedSubject = {
  name: 'Heliobus',
  traits: { wildcards: true },
  create() {
    const bus = createBus({ logger: { level: 'silent', log: () => {} } })
    const listenerOf = standIn((handler) => (event: BusEvent) => handler(event.data))
    return {
      on: (pattern, handler) => bus.subscribe(pattern, listenerOf(handler), { retry: false }).unsubscribe,
      emit: (topic, data) => bus.publish(topic, data, { subject: 'one' }),
    }
  },
}

const mittEmitter: NamedSubject = {
  name: 'mitt',
  traits: { wildcards: false },
  create() {
    const emitter = mitt()
    return {
      on(topic, handler) {
        emitter.on(topic, handler)
        return () => emitter.off(topic, handler)
      },
      emit: (topic, data) => emitter.emit(topic, data),
    }
  },
}

const eventEmitter2: NamedSubject = {
  name: 'EventEmitter2',
  traits: { wildcards: true },
  create() {
    const emitter = new EventEmitter2({ wildcard: true, delimiter: '.', maxListeners: 0 })
    return {
      on(pattern, handler) {
        emitter.on(pattern, handler)
        return () => void emitter.off(pattern, handler)
      },
      emit: (topic, data) => emitter.emit(topic, data),
    }
  },
}

const emittery: NamedSubject = {
  name: 'emittery',
  traits: { wildcards: false },
  create() {
    const emitter = new Emittery<Record<string, unknown>>()
    return {
      on(topic, handler) {
        const listener: (data: unknown) => void = handler
        return emitter.on(topic, listener)
      },
      emit: (topic, data) => emitter.emit(topic, data),
    }
  },
}

/** Its handlers say themselves when they are done: at once, as those of the others do. */
const mqemitterBus: NamedSubject = {
  name: 'mqemitter',
  traits: { wildcards: true },
  create() {
    const emitter = mqemitter({ separator: '.', wildcardOne: '*', wildcardSome: '**' })
    const listenerOf = standIn((handler) => (message: object, done: () => void): void => {
      handler(Reflect.get(message, 'data'))
      done()
    })
    return {
      on(pattern, handler) {
        const listener = listenerOf(handler)
        emitter.on(pattern, listener)
        return () => emitter.removeListener(pattern, listener)
      },
      emit: (topic, data) => new Promise<void>((resolve) => emitter.emit({ topic, data }, () => resolve())),
    }
  },
}

let channels = 0

const postalBus: NamedSubject = {
  name: 'postal',
  traits: { wildcards: true },
  create() {
    const channel = postal.channel(`semantics-${channels++}`)
    return {
      on(pattern, handler) {
        const subscription = channel.subscribe(pattern, handler)
        return () => subscription.unsubscribe()
      },
      emit: (topic, data) => channel.publish(topic, data),
    }
  },
}

export const subjects: readonly NamedSubject[] = [
  heliobus,
  mittEmitter,
  eventEmitter2,
  emittery,
  mqemitterBus,
  postalBus,
]
