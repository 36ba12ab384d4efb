import { equal } from './check.ts'
import type { ContractCase, ContractSubject } from './contract.ts'
import { settle } from './settle.ts'

/** A bus of any make, as far as the contract needs it. */
export interface OrderingBus {
  /** Answers with what ends it. */
  on(pattern: string, handler: (data: unknown) => unknown): () => void
  /** A promise is awaited, except inside a handler. All events of a case are about the same thing: where keys exist, they have one. */
  emit(topic: string, data: unknown): unknown
}

/** A kind of bus that is put to the test. */
export interface OrderingSubject extends ContractSubject {
  /** `wildcards`: `*` stands for one segment of a topic whose segments are joined by dots. */
  readonly traits: { readonly wildcards: boolean }
  /** A bus that nobody has used. */
  create(): OrderingBus
}

/** Notes what happened, in order. */
type Notes = string[]

/** In which order handlers are called, and that they leave each other alone: what code on a bus relies on. */
export const orderingContract: readonly ContractCase<OrderingSubject>[] = [
  onBus('the handlers of an event are called in the order of subscribing', async (bus, notes) => {
    for (const name of ['first', 'second', 'third']) bus.on('a', () => void notes.push(name))
    await emit(bus, 'a')
    equal(notes, ['first', 'second', 'third'], 'calls')
  }),
  onBus(
    'exact topics and wildcards share one order',
    async (bus, notes) => {
      for (const pattern of ['a.*', 'a.b', '*.b', 'a.b']) bus.on(pattern, () => void notes.push(pattern))
      await emit(bus, 'a.b')
      equal(notes, ['a.*', 'a.b', '*.b', 'a.b'], 'calls')
    },
    ['wildcards'],
  ),
  onBus('handlers have been called when emit returns', async (bus, notes) => {
    bus.on('a', () => void notes.push('handler'))
    const emitted = bus.emit('a', 1)
    notes.push('emit has returned')
    await emitted
    await settle()
    equal(notes, ['handler', 'emit has returned'], 'what happened')
  }),
  onBus('an event published in a handler waits until all have seen the one before', async (bus, notes) => {
    bus.on('a', () => void bus.emit('b', 1))
    bus.on('a', () => void notes.push('a'))
    bus.on('b', () => void notes.push('b'))
    await emit(bus, 'a')
    equal(notes, ['a', 'b'], 'events')
  }),
  onBus(
    'all handlers see all events in the same order',
    async (bus, notes) => {
      const others: Notes = []
      bus.on('x.*', (data) => {
        notes.push(String(data))
        if (data === 'a') for (const next of ['b', 'c']) void bus.emit(`x.${next}`, next)
        if (data === 'b') void bus.emit('x.d', 'd')
      })
      bus.on('x.*', (data) => void others.push(String(data)))
      await emit(bus, 'x.a', 'a')
      equal(notes, ['a', 'b', 'c', 'd'], 'what the first handler saw')
      equal(others, notes, 'what the second handler saw')
    },
    ['wildcards'],
  ),
  onBus('who is ended is not called again, not even for the event being dispatched', async (bus, notes) => {
    let end = (): void => {}
    bus.on('a', () => end())
    end = bus.on('a', () => void notes.push('ended'))
    bus.on('a', () => void notes.push('last'))
    await emit(bus, 'a')
    equal(notes, ['last'], 'calls')
  }),
  onBus('a handler that ends itself takes nothing from the others', async (bus, notes) => {
    const end = bus.on('a', () => end())
    for (const name of ['second', 'third']) bus.on('a', () => void notes.push(name))
    await emit(bus, 'a')
    await emit(bus, 'a')
    equal(notes, ['second', 'third', 'second', 'third'], 'calls')
  }),
  onBus('who subscribes in a handler sees later events only', async (bus, notes) => {
    let isFirst = true
    bus.on('a', () => {
      if (isFirst) bus.on('a', (data) => void notes.push(String(data)))
      isFirst = false
    })
    await emit(bus, 'a', 'now')
    await emit(bus, 'a', 'later')
    equal(notes, ['later'], 'what it saw')
  }),
  onBus('a function that is subscribed twice is called twice, and each end ends one', async (bus, notes) => {
    const handler = (): void => void notes.push('call')
    const end = bus.on('a', handler)
    bus.on('a', handler)
    await emit(bus, 'a')
    equal(notes.length, 2, 'calls')
    end()
    await settle() // how soon is another case
    await emit(bus, 'a')
    equal(notes.length, 3, 'calls after one was ended')
  }),
  onBus('a handler that throws disturbs neither the publisher nor the others', async (bus, notes) => {
    bus.on('a', () => {
      throw new Error('thrown by a handler')
    })
    bus.on('a', () => void notes.push('other'))
    await emit(bus, 'a')
    equal(notes, ['other'], 'calls')
  }),
  onBus('a handler that rejects disturbs nobody, and its rejection is taken care of', async (bus, notes) => {
    bus.on('a', () => rejecting(notes))
    bus.on('a', () => void notes.push('other'))
    await emit(bus, 'a')
    equal(notes.toSorted(), ['other', 'taken care of'], 'what happened')
  }),
  onBus(
    'an asynchronous handler has done with one event before it gets the next of its kind',
    async (bus, notes) => {
      bus.on('a', async (data) => {
        notes.push(`${String(data)} begins`)
        await Promise.resolve()
        notes.push(`${String(data)} ends`)
      })
      await Promise.all([bus.emit('a', 'one'), bus.emit('a', 'two')])
      await settle()
      equal(notes, ['one begins', 'one ends', 'two begins', 'two ends'], 'what happened')
    },
  ),
]

function onBus(
  name: string,
  run: (bus: OrderingBus, notes: Notes) => Promise<void>,
  needs: readonly 'wildcards'[] = [],
): ContractCase<OrderingSubject> {
  return { name, needs, run: (subject) => run(subject.create(), []) }
}

/** Resolves when handlers of any make have had their time. */
async function emit(bus: OrderingBus, topic: string, data: unknown = 1): Promise<void> {
  await bus.emit(topic, data)
  await settle()
}

/** A rejection that tells whether somebody listens; one of the language would end some processes where nobody does. */
function rejecting(notes: Notes): PromiseLike<never> {
  const rejected = Promise.reject(new Error('rejected by a handler'))
  rejected.catch(() => undefined)
  return {
    then(fulfilled, failed) {
      if (typeof failed === 'function') notes.push('taken care of')
      return rejected.then(fulfilled, failed)
    },
  }
}
