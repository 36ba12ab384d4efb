import { createBus } from '@heliobus/core'
import { describe, expect, test } from 'vitest'
import { declareContract, orderingContract, type OrderingSubject, runContract } from '../src/index.ts'

const subject: OrderingSubject = {
  traits: { wildcards: true },
  create() {
    const bus = createBus({ logger: { level: 'silent', log: () => {} } })
    return {
      on: (pattern, handler) =>
        bus.subscribe(pattern, ({ data }) => handler(data), { retry: false }).unsubscribe,
      emit: (topic, data) => bus.publish(topic, data, { subject: 'the one' }),
    }
  },
}

describe('the ordering contract', () => {
  declareContract(orderingContract, subject, test)
})

/** Calls whoever is in the list, one inside the other: what the contract is there to tell apart. */
const naive: OrderingSubject = {
  traits: { wildcards: false },
  create() {
    const handlers: { readonly topic: string; readonly handler: (data: unknown) => unknown }[] = []
    return {
      on(topic, handler) {
        const entry = { topic, handler }
        handlers.push(entry)
        return () => void handlers.splice(handlers.indexOf(entry), 1)
      },
      emit(topic, data) {
        for (const one of handlers) if (one.topic === topic) one.handler(data)
      },
    }
  },
}

test('a bus that cares for nothing meets only what comes by itself', async () => {
  const results = await runContract(orderingContract, naive)
  expect(results.filter(({ status }) => status === 'passed').map(({ name }) => name)).toEqual([
    'the handlers of an event are called in the order of subscribing',
    'handlers have been called when emit returns',
    'who is ended is not called again, not even for the event being dispatched',
    'a function that is subscribed twice is called twice, and each end ends one',
  ])
  expect(results.filter(({ status }) => status === 'skipped')).toHaveLength(2)
})
