import { describe, expectTypeOf, test } from 'vitest'
import { type Bus, type EventDefinition, type EventFor, type TopicOf } from '../src/index.ts'

// 200 definitions, each with data of its own. How long such a catalog takes to check is measured by scripts/type-speed.mjs.

type Area = 'billing' | 'catalog' | 'cosmic' | 'shipping' | 'user'
type Thing = 'account' | 'address' | 'invoice' | 'order' | 'profile' | 'report' | 'session' | 'storm'
type Change = 'archived' | 'created' | 'deleted' | 'restored' | 'updated'

type Data<A extends Area, T extends Thing, C extends Change> = {
  readonly [Member in `${T}Id`]: string
} & { readonly area: A; readonly change: C }

type Definitions = {
  [A in Area]: {
    [T in Thing]: {
      [C in Change]: EventDefinition<`${A}.${T}.${C}`, Data<A, T, C>, Data<A, T, C>>
    }[Change]
  }[Thing]
}[Area]

declare const bus: Bus<Definitions>

/** The topics that a pattern lets through. */
type TypesOf<P> = EventFor<Definitions, P>['type']

describe('a catalog of 200 events', () => {
  test('lets through what matches, and nothing else', () => {
    expectTypeOf<TypesOf<'user.session.created'>>().toEqualTypeOf<'user.session.created'>()
    expectTypeOf<TypesOf<'user:session:created'>>().toEqualTypeOf<'user.session.created'>()
    expectTypeOf<TypesOf<'*.*.*'>>().toEqualTypeOf<TopicOf<Definitions>>()
    expectTypeOf<TypesOf<'**'>>().toEqualTypeOf<TopicOf<Definitions>>()
    expectTypeOf<TypesOf<'user.*.created'>>().toEqualTypeOf<`user.${Thing}.created`>()
    expectTypeOf<TypesOf<'*.order.*'>>().toEqualTypeOf<`${Area}.order.${Change}`>()
    expectTypeOf<TypesOf<'**.updated'>>().toEqualTypeOf<`${Area}.${Thing}.updated`>()
    expectTypeOf<TypesOf<'**.order.**'>>().toEqualTypeOf<`${Area}.order.${Change}`>()
    expectTypeOf<TypesOf<'cosmic.**.storm.**.created'>>().toEqualTypeOf<'cosmic.storm.created'>()
    expectTypeOf<TypesOf<'user.*' | '*' | 'order.**'>>().toBeNever()
  })

  test('narrows the data of one event among many', () => {
    bus.subscribe('**', (event) => {
      if (event.type === 'billing.invoice.created') expectTypeOf(event.data.invoiceId).toBeString()
    })
    bus.subscribe('shipping.**', ({ data }) => {
      expectTypeOf(data.area).toEqualTypeOf<'shipping'>()
      expectTypeOf(data.change).toEqualTypeOf<Change>()
    })
    bus.publish('user.address.updated', { addressId: '7', area: 'user', change: 'updated' })
    // @ts-expect-error: Type '"billing"' is not assignable to type '"user"'
    bus.publish('user.address.updated', { addressId: '7', area: 'billing', change: 'updated' })
    // @ts-expect-error: … '"no topic in the catalog matches user.*"'
    bus.subscribe('user.*', () => undefined)
  })

  test('takes patterns of all kinds', () => {
    bus.subscribe('user.session.*', ({ data }) => expectTypeOf(data.sessionId).toBeString())
    bus.subscribe('user.*.created', ({ type }) => expectTypeOf(type).toExtend<`user.${string}.created`>())
    bus.subscribe('*.storm.*', ({ data }) => expectTypeOf(data.stormId).toBeString())
    bus.subscribe('*.*.deleted', ({ data }) => expectTypeOf(data.change).toEqualTypeOf<'deleted'>())
    bus.subscribe('billing.**', ({ data }) => expectTypeOf(data.area).toEqualTypeOf<'billing'>())
    bus.subscribe('billing:**', ({ data }) => expectTypeOf(data.area).toEqualTypeOf<'billing'>())
    bus.subscribe('**.archived', ({ data }) => expectTypeOf(data.change).toEqualTypeOf<'archived'>())
    bus.subscribe('**.profile.*', ({ data }) => expectTypeOf(data.profileId).toBeString())
    bus.subscribe('catalog.**.restored', ({ data }) => expectTypeOf(data.area).toEqualTypeOf<'catalog'>())
    bus.subscribe(['user.session.*', 'cosmic.session.*'], ({ data }) => {
      expectTypeOf(data.area).toEqualTypeOf<'user' | 'cosmic'>()
    })
    bus.subscribe(['billing.**', '**.created', '*.order.updated'], ({ type }) => {
      expectTypeOf(type).toEqualTypeOf<
        `billing.${Thing}.${Change}` | `${Area}.${Thing}.created` | `${Area}.order.updated`
      >()
    })
    bus.observe('*.report.*').subscribe(({ data }) => expectTypeOf(data.reportId).toBeString())
    void bus.waitFor('**.account.**', { where: ({ data }) => data.accountId === '7' })
    for (const { data } of bus.history('shipping.*.updated'))
      expectTypeOf(data.area).toEqualTypeOf<'shipping'>()
  })
})
