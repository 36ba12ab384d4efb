import type { Bus, BusEvent } from '@heliobus/core'
import { expectTypeOf, test } from 'vitest'
import { createBusHooks } from '../src/index.ts'
import { BusProvider, type Sky, StarSeen, useEvent, useHistory, useLatest, usePublish } from './night-sky.ts'

test('a pattern narrows the event of every hook to the definitions that match', () => {
  useEvent('star.*', (event) => {
    expectTypeOf(event.type).toEqualTypeOf<'star.seen' | 'star.lost'>()
    if (event.type === 'star.seen') expectTypeOf(event.data).toEqualTypeOf<{ n: number }>()
  })
  useEvent(StarSeen, ({ data }) => expectTypeOf(data.n).toBeNumber())
  useEvent('star.lost', () => undefined, { where: ({ data }) => data.why !== '' })
  expectTypeOf(useLatest('moon.*')).toEqualTypeOf<BusEvent<'moon.rose', { n: number }> | undefined>()
  expectTypeOf(useHistory(['star.seen', 'moon.rose'])[0]!.data).toEqualTypeOf<{ n: number }>()
})

test('a pattern that nothing matches, and data that does not fit, are refused', () => {
  // @ts-expect-error 'no topic in the catalog matches sun.*'
  useEvent('sun.*', () => undefined)
  // @ts-expect-error 'no topic in the catalog matches sun.rose'
  useLatest('sun.rose')
  const publish = usePublish()
  publish('star.seen', { n: 1 })
  publish(StarSeen({ n: 1 }))
  // @ts-expect-error 'string' is not assignable to type 'number'
  publish('star.seen', { n: 'one' })
})

test('a provider takes the bus of its catalog; hooks without one take any topic', () => {
  expectTypeOf(BusProvider).parameter(0).toHaveProperty('bus').toEqualTypeOf<Bus<Sky>>()
  const untyped = createBusHooks()
  expectTypeOf(untyped.useLatest('any.thing')).toEqualTypeOf<BusEvent | undefined>()
})
