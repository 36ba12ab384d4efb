import type { Observable } from 'rxjs'
import { describe, expectTypeOf, test } from 'vitest'
import * as z from 'zod'
import {
  type AnyBus,
  type AnyDefinition,
  type Bus,
  type BusEvent,
  type Catalog,
  createBus,
  defineCatalog,
  defineEvent,
  type Draft,
  type EventFor,
  type EventOf,
  type Handler,
  type InputOf,
  type Matches,
  type Policy,
  type Schema,
  type SchemaResult,
  type TopicOf,
} from '../src/index.ts'
import type { matchingTable } from './matching-table.ts'

const UserCreated = defineEvent('user.created', { data: z.object({ name: z.string() }) })
const UserDeleted = defineEvent('user.deleted', { data: z.object({ reason: z.string().default('asked') }) })
const UserLogin = defineEvent('user:login', { data: z.object({ device: z.string() }) })
const StormDetected = defineEvent('cosmic.solar_storm.detected', { data: z.object({ kp: z.number() }) })
const FlareDetected = defineEvent('cosmic.flare.detected', { data: z.object({ at: z.coerce.date() }) })
const OrderPaid = defineEvent('order.paid', { data: z.object({ total: z.number() }) })
const Stranger = defineEvent('stranger', { data: z.object({ name: z.string() }) })

const users = defineCatalog(UserCreated, UserDeleted, UserLogin)
const catalog = defineCatalog(users, StormDetected, FlareDetected, OrderPaid)
const bus = createBus({ catalog })

type DefinitionOf<C> = C extends Catalog<infer D> ? D : never
type Big = DefinitionOf<typeof catalog>
type Small = DefinitionOf<typeof users>

/** The topics of the events that a pattern argument lets through. */
type TypesOf<P> = EventFor<Big, P>['type']

type UserTopic = 'user.created' | 'user.deleted' | 'user:login'
type CosmicTopic = 'cosmic.solar_storm.detected' | 'cosmic.flare.detected'
type AnyTopic = UserTopic | CosmicTopic | 'order.paid'

describe('a pattern lets through exactly the events that it would let through at run time', () => {
  test('by the table that the run-time matcher is tested with', () => {
    type Wrong<Rows> = {
      [Index in keyof Rows]: Rows[Index] extends readonly [
        infer P extends string,
        infer T extends string,
        infer Expected,
      ]
        ? [Matches<P, T>, Expected] extends [Expected, Matches<P, T>]
          ? never
          : Rows[Index]
        : never
    }
    expectTypeOf<Wrong<typeof matchingTable>[number]>().toBeNever()
    expectTypeOf<Wrong<readonly [['user.*', 'user.created', false]]>[number]>().not.toBeNever()
  })

  test('without wildcards', () => {
    expectTypeOf<TypesOf<'user.created'>>().toEqualTypeOf<'user.created'>()
    expectTypeOf<TypesOf<'user:created'>>().toEqualTypeOf<'user.created'>()
    expectTypeOf<TypesOf<'user.login'>>().toEqualTypeOf<'user:login'>()
  })

  test('with * and ** anywhere', () => {
    expectTypeOf<TypesOf<'user.*'>>().toEqualTypeOf<UserTopic>()
    expectTypeOf<TypesOf<'user:*'>>().toEqualTypeOf<UserTopic>()
    expectTypeOf<TypesOf<'cosmic.*.detected'>>().toEqualTypeOf<CosmicTopic>()
    expectTypeOf<TypesOf<'**.detected'>>().toEqualTypeOf<CosmicTopic>()
    expectTypeOf<TypesOf<'cosmic.**.detected'>>().toEqualTypeOf<CosmicTopic>()
    expectTypeOf<TypesOf<'cosmic.**'>>().toEqualTypeOf<CosmicTopic>()
    expectTypeOf<TypesOf<'**.solar_storm.**'>>().toEqualTypeOf<'cosmic.solar_storm.detected'>()
    expectTypeOf<TypesOf<'*.*'>>().toEqualTypeOf<UserTopic | 'order.paid'>()
    expectTypeOf<TypesOf<'**'>>().toEqualTypeOf<AnyTopic>()
    expectTypeOf<TypesOf<'*'>>().toBeNever()
  })

  test('whatever a text may say that is known only at run time', () => {
    expectTypeOf<TypesOf<string>>().toEqualTypeOf<AnyTopic>()
    expectTypeOf<TypesOf<`user.${string}`>>().toEqualTypeOf<AnyTopic>()
    expectTypeOf<Matches<string, 'user.created'>>().toEqualTypeOf<true>()
    expectTypeOf<Matches<'user.*', string>>().toEqualTypeOf<true>()
    expectTypeOf<Matches<`${string}.*`, 'user.created'>>().toEqualTypeOf<true>()
    expectTypeOf<Matches<'user.created', `user.${string}`>>().toEqualTypeOf<true>()
  })

  test('the longest patterns and topics there may be', () => {
    type Topic = 'a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a'
    expectTypeOf<Matches<'**.a.**.a.**.a.**.a.**.a.**.a.**.a.**.a', Topic>>().toEqualTypeOf<true>()
    expectTypeOf<Matches<'**.a.**.a.**.a.**.a.**.a.**.a.**.a.**.b', Topic>>().toEqualTypeOf<false>()
  })
})

describe('subscribe', () => {
  test('types the event by the pattern', () => {
    bus.subscribe('user.created', (event) => {
      expectTypeOf(event).toEqualTypeOf<BusEvent<'user.created', { name: string }>>()
    })
    bus.subscribe('cosmic.*.detected', (event, context) => {
      expectTypeOf(event.type).toEqualTypeOf<CosmicTopic>()
      expectTypeOf(event.data).toEqualTypeOf<{ kp: number } | { at: Date }>()
      expectTypeOf(context.signal).toEqualTypeOf<AbortSignal>()
    })
    bus.subscribe('user:*', ({ type, userId }) => {
      expectTypeOf(type).toEqualTypeOf<UserTopic>()
      expectTypeOf(userId).toEqualTypeOf<string | null>()
    })
  })

  test('narrows the data by the type', () => {
    bus.subscribe('**', (event) => {
      if (event.type === 'user:login') expectTypeOf(event.data).toEqualTypeOf<{ device: string }>()
      else if (event.type === 'cosmic.flare.detected') expectTypeOf(event.data.at).toEqualTypeOf<Date>()
      // @ts-expect-error: This comparison appears to be unintentional because the types … have no overlap
      else if (event.type === 'user.login') return
      if (event.type === 'order.paid') expectTypeOf(event.data.total).toBeNumber()
      // @ts-expect-error: Property 'total' does not exist on type …
      else void event.data.total
    })
  })

  test('takes a definition', () => {
    bus.subscribe(UserLogin, (event) => {
      expectTypeOf(event).toEqualTypeOf<BusEvent<'user:login', { device: string }>>()
    })
    // @ts-expect-error: … is not assignable to parameter of type '"no topic in the catalog matches stranger"'
    bus.subscribe(Stranger, () => undefined)
  })

  test('takes several patterns and definitions', () => {
    bus.subscribe(['user.*', 'order.paid'], (event) => {
      expectTypeOf(event.type).toEqualTypeOf<UserTopic | 'order.paid'>()
      if (event.type === 'order.paid') expectTypeOf(event.data).toEqualTypeOf<{ total: number }>()
    })
    bus.subscribe([UserCreated, OrderPaid], (event) => {
      expectTypeOf(event.type).toEqualTypeOf<'user.created' | 'order.paid'>()
    })
    bus.subscribe([UserCreated, '**.detected'], (event) => {
      expectTypeOf(event.type).toEqualTypeOf<'user.created' | CosmicTopic>()
    })
    const listed = ['order.*', 'user:login'] as const
    bus.subscribe(listed, (event) => {
      expectTypeOf(event.type).toEqualTypeOf<'order.paid' | 'user:login'>()
    })
  })

  test('refuses a pattern that matches nothing', () => {
    // @ts-expect-error: Argument of type '"usr.*"' is not assignable to parameter of type '"no topic in the catalog matches usr.*"'
    bus.subscribe('usr.*', () => undefined)
    // @ts-expect-error: … '"no topic in the catalog matches user.created.now"'
    bus.subscribe('user.created.now', () => undefined)
    // @ts-expect-error: … '"no topic in the catalog matches *"'
    bus.subscribe('*', () => undefined)
    // @ts-expect-error: … '"no topic in the catalog matches user.cr*"'
    bus.subscribe('user.cr*', () => undefined)
    // @ts-expect-error: … '"no topic in the catalog matches User.created"'
    bus.subscribe('User.created', () => undefined)
    // @ts-expect-error: … '"no topic in the catalog matches "'
    bus.subscribe('', () => undefined)
  })

  test('refuses a list in which one pattern matches nothing', () => {
    // @ts-expect-error: … '"no topic in the catalog matches usr.*"'
    bus.subscribe(['order.*', 'usr.*'], () => undefined)
    // @ts-expect-error: … '"no topic in the catalog matches stranger"'
    bus.subscribe([UserCreated, Stranger], () => undefined)
    const listed = ['user.*', 'odrer.*'] as const
    // @ts-expect-error: … '"no topic in the catalog matches odrer.*"'
    bus.subscribe(listed, () => undefined)
  })

  test('takes a pattern that is known only at run time, and then any event may come', () => {
    const text: string = 'user.*'.slice(0)
    bus.subscribe(text, (event) => expectTypeOf(event.type).toEqualTypeOf<AnyTopic>())
    bus.subscribe(`user.${text}`, (event) => expectTypeOf(event.type).toEqualTypeOf<AnyTopic>())
    bus.subscribe([text, 'user.*'], (event) => expectTypeOf(event.type).toEqualTypeOf<AnyTopic>())
    bus.subscribe(text.split(' '), (event) => expectTypeOf(event.type).toEqualTypeOf<AnyTopic>())
    const definition = UserCreated as AnyDefinition
    bus.subscribe(definition, (event) => expectTypeOf(event.type).toEqualTypeOf<AnyTopic>())
    for (const one of catalog) {
      bus.subscribe(one, (event) => expectTypeOf(event.type).toEqualTypeOf<AnyTopic>())
    }
  })

  test('takes whatever a handler returns', () => {
    const seen: string[] = []
    bus.subscribe('user.created', ({ data }) => seen.push(data.name))
    bus.subscribe('user.created', async ({ data }) => await Promise.resolve(data.name))
    bus.subscribe('user.created', () => ({ status: 'fine' }))
    bus.subscribe('user.created', () => {})
    const untyped: Handler = () => undefined
    bus.subscribe('user.*', untyped)
  })

  test('refuses a handler of other events', () => {
    const handler = (event: EventOf<Big, 'order.paid'>): number => event.data.total
    bus.subscribe('order.*', handler)
    // @ts-expect-error: Property 'total' is missing in type '{ name: string; }' but required in type '{ total: number; }'
    bus.subscribe('user.created', (event: BusEvent<'user.created', { total: number }>) => event.data.total)
  })

  test('types the policy by the pattern', () => {
    bus.subscribe('user.created', () => undefined, {
      where: ({ data }) => {
        expectTypeOf(data).toEqualTypeOf<{ name: string }>()
        return data.name === 'Ada'
      },
    })
    bus.subscribe(['order.paid', UserLogin], () => undefined, {
      priority: 2,
      where: (event) => event.type === 'order.paid' && event.data.total > 1,
    })
    // @ts-expect-error: Property 'total' does not exist on type '{ name: string; }'
    bus.subscribe('user.created', () => undefined, { where: ({ data }) => data.total > 1 })
    // @ts-expect-error: Type 'string' is not assignable to type 'boolean'
    bus.subscribe('user.created', () => undefined, { where: ({ data }) => data.name })
    // @ts-expect-error: Object literal may only specify known properties, but 'prioritiy' does not exist in type 'Policy<…>'. Did you mean …
    bus.subscribe('user.created', () => undefined, { prioritiy: 1 })
    const shared: Policy = { where: ({ userId }) => userId !== null }
    bus.subscribe('user.created', () => undefined, shared)
  })

  test('gives what can be ended, also by using', () => {
    using subscription = bus.subscribe('**', () => undefined)
    expectTypeOf(subscription.unsubscribe).returns.toBeVoid()
    expectTypeOf(bus.unsubscribe('**', () => undefined)).toBeBoolean()
    expectTypeOf(bus.unsubscribe(UserCreated, () => undefined)).toBeBoolean()
  })
})

describe('the other ways to take events', () => {
  test('observe gives an Observable of them', () => {
    expectTypeOf(bus.observe('order.*')).toEqualTypeOf<Observable<EventOf<Big, 'order.paid'>>>()
    expectTypeOf(bus.observe([UserLogin, 'order.**'])).toEqualTypeOf<
      Observable<EventOf<Big, 'order.paid'> | EventOf<Big, 'user:login'>>
    >()
    // @ts-expect-error: … '"no topic in the catalog matches usr.*"'
    bus.observe('usr.*')
    // @ts-expect-error: … '"no topic in the catalog matches usr.*"'
    bus.observe(['user.*', 'usr.*'])
  })

  test('waitFor promises one of them', () => {
    expectTypeOf(bus.waitFor('user.created')).resolves.toEqualTypeOf<EventOf<Big, 'user.created'>>()
    expectTypeOf(bus.waitFor(UserLogin, { timeout: 1 })).resolves.toEqualTypeOf<EventOf<Big, 'user:login'>>()
    void bus.waitFor('**.detected', {
      where: (event) => event.type === 'cosmic.solar_storm.detected' && event.data.kp > 5,
    })
    // @ts-expect-error: … '"no topic in the catalog matches usr.*"'
    void bus.waitFor('usr.*')
    // @ts-expect-error: Property 'total' does not exist on type '{ name: string; }'
    void bus.waitFor('user.created', { where: ({ data }) => data.total > 1 })
  })

  test('iterate gives them to for await', async () => {
    for await (const event of bus.iterate('cosmic.*.detected')) {
      expectTypeOf(event.type).toEqualTypeOf<CosmicTopic>()
    }
    for await (const event of bus.iterate([OrderPaid, 'user:login'], { limit: 1 })) {
      expectTypeOf(event.type).toEqualTypeOf<'order.paid' | 'user:login'>()
    }
    // @ts-expect-error: … '"no topic in the catalog matches usr.*"'
    bus.iterate('usr.*')
  })

  test('history lists them', () => {
    expectTypeOf(bus.history()).toEqualTypeOf<EventOf<Big>[]>()
    expectTypeOf(bus.history('order.*', { limit: 1 })).toEqualTypeOf<EventOf<Big, 'order.paid'>[]>()
    expectTypeOf(bus.history(UserCreated)).toEqualTypeOf<EventOf<Big, 'user.created'>[]>()
    // @ts-expect-error: … '"no topic in the catalog matches usr.*"'
    bus.history('usr.*')
  })
})

describe('publish', () => {
  test('takes the input of the schema and gives an event with its output', () => {
    const deleted = bus.publish('user.deleted', {})
    expectTypeOf(deleted).toEqualTypeOf<BusEvent<'user.deleted', { reason: string }>>()
    const flare = bus.publish('cosmic.flare.detected', { at: '2026-01-01' })
    expectTypeOf(flare.data.at).toEqualTypeOf<Date>()
    expectTypeOf<InputOf<Big, 'user.deleted'>>().toEqualTypeOf<{ reason?: string | undefined }>()
    expectTypeOf<InputOf<Big, 'order.paid'>>().toEqualTypeOf<{ total: number }>()
  })

  test('takes a draft', () => {
    const draft = OrderPaid({ total: 1 }, { subject: 'order 1' })
    expectTypeOf(draft).toEqualTypeOf<Draft<'order.paid', { total: number }>>()
    expectTypeOf(bus.publish(draft)).toEqualTypeOf<EventOf<Big, 'order.paid'>>()
    expectTypeOf(bus.publish(UserDeleted({}))).toEqualTypeOf<EventOf<Big, 'user.deleted'>>()
  })

  test('refuses a topic that is not in the catalog', () => {
    // @ts-expect-error: Argument of type '"user.craeted"' is not assignable to parameter of type '"user.created" | …'
    bus.publish('user.craeted', { name: 'Ada' })
    // @ts-expect-error: Argument of type '"user.*"' is not assignable …: wildcards only subscribe
    bus.publish('user.*', { name: 'Ada' })
    // @ts-expect-error: Argument of type 'string' is not assignable …
    bus.publish('user.created'.slice(0), { name: 'Ada' })
    // @ts-expect-error: Type '"stranger"' is not assignable to type …
    bus.publish(Stranger({ name: 'Ada' }))
  })

  test('refuses data that does not fit', () => {
    // @ts-expect-error: Type 'number' is not assignable to type 'string'
    bus.publish('user.created', { name: 7 })
    // @ts-expect-error: Property 'name' is missing in type '{}' but required in type '{ name: string; }'
    bus.publish('user.created', {})
    // @ts-expect-error: Object literal may only specify known properties, and 'nmae' does not exist in type '{ name: string; }'
    bus.publish('user.created', { name: 'Ada', nmae: 'Ada' })
    // @ts-expect-error: Object literal may only specify known properties, and 'name' does not exist in type '{ total: number; }'
    bus.publish('order.paid', { name: 'Ada' })
    // @ts-expect-error: Argument of type 'string' is not assignable to parameter of type 'Draft<…>': the data is missing
    bus.publish('user.created')
    // @ts-expect-error: Type 'number' is not assignable to type 'string'
    UserCreated({ name: 7 })
    const draft: Draft<'order.paid', { name: string }> = {
      type: 'order.paid',
      data: { name: 'Ada' },
      options: undefined,
    }
    // @ts-expect-error: Property 'total' is missing in type '{ name: string; }' but required in type '{ total: number; }'
    bus.publish(draft)
  })

  test('takes what is said beside the data', () => {
    bus.publish('order.paid', { total: 1 }, { subject: 'order 1', userId: null, correlationId: undefined })
    // @ts-expect-error: Object literal may only specify known properties, and 'user' does not exist in type 'PublishOptions'
    bus.publish('order.paid', { total: 1 }, { user: 'Ada' })
  })
})

describe('a definition', () => {
  test('types its draft, its key and its examples', () => {
    const Keyed = defineEvent('keyed', {
      data: z.object({ count: z.coerce.number<string>() }),
      key: (event) => {
        expectTypeOf(event).toEqualTypeOf<BusEvent<'keyed', { count: number }>>()
        return String(event.data.count)
      },
      examples: [{ count: '1' }],
    })
    expectTypeOf(Keyed.type).toEqualTypeOf<'keyed'>()
    expectTypeOf(Keyed({ count: '1' }).data).toEqualTypeOf<{ count: string }>()
    // @ts-expect-error: Type 'number' is not assignable to type 'string'
    defineEvent('keyed', { data: z.object({ count: z.string() }), examples: [{ count: 1 }] })
    // @ts-expect-error: Type 'number' is not assignable to type 'string'
    defineEvent('keyed', { data: z.object({ count: z.number() }), key: (event) => event.data.count })
    // @ts-expect-error: Property 'data' is missing
    defineEvent('keyed', {})
  })

  test('takes any Standard Schema', () => {
    const digits: Schema<string, number> = {
      '~standard': {
        version: 1,
        vendor: 'test',
        validate: (value): SchemaResult<number> => ({ value: Number(value) }),
      },
    }
    const Counted = defineEvent('counted', { data: digits })
    const counting = createBus({ catalog: defineCatalog(Counted) })
    expectTypeOf(counting.publish('counted', '1').data).toBeNumber()
    // @ts-expect-error: Argument of type 'number' is not assignable to parameter of type 'string'
    counting.publish('counted', 1)
  })

  test('of whatever type is a definition', () => {
    expectTypeOf(UserCreated).toExtend<AnyDefinition>()
    expectTypeOf(FlareDetected).toExtend<AnyDefinition>()
    expectTypeOf<AnyDefinition[]>([UserCreated, FlareDetected, UserDeleted])
    expectTypeOf(catalog).toExtend<Catalog>()
  })
})

describe('a catalog', () => {
  test('knows its definitions, also those of the catalogs it was made of', () => {
    expectTypeOf<TopicOf<Big>>().toEqualTypeOf<AnyTopic>()
    expectTypeOf<TopicOf<Small>>().toEqualTypeOf<UserTopic>()
    expectTypeOf(users.get('user.created')?.type).toEqualTypeOf<UserTopic | undefined>()
    expectTypeOf([...users]).items.toEqualTypeOf<Small>()
  })

  test('of nothing makes a bus that nothing can be published on', () => {
    const empty = createBus({ catalog: defineCatalog() })
    // @ts-expect-error: Argument of type '"user.created"' is not assignable to parameter of type 'never'
    empty.publish('user.created', {})
    // @ts-expect-error: … '"no topic in the catalog matches **"'
    empty.subscribe('**', () => undefined)
  })

  test('is made of definitions and catalogs only', () => {
    // @ts-expect-error: Argument of type 'string' is not assignable to parameter of type 'Part'
    defineCatalog('user.created')
    // @ts-expect-error: … is not assignable to parameter of type 'Part'
    defineCatalog({ type: 'user.created' })
  })
})

describe('a bus without a catalog', () => {
  const untyped = createBus()

  test('takes every topic, pattern and datum', () => {
    expectTypeOf(untyped).toEqualTypeOf<Bus>()
    expectTypeOf(untyped.publish('whatever', { any: 'thing' })).toEqualTypeOf<BusEvent>()
    untyped.publish(UserCreated({ name: 'Ada' }))
    untyped.subscribe('whatever.*', (event) => {
      expectTypeOf(event.type).toBeString()
      expectTypeOf(event.data).toBeUnknown()
    })
    untyped.subscribe(['a', UserCreated], (event) => expectTypeOf(event.data).toBeUnknown())
    untyped.subscribe(UserCreated, (event) => expectTypeOf(event).toEqualTypeOf<BusEvent>())
    expectTypeOf(untyped.history()).toEqualTypeOf<BusEvent[]>()
    expectTypeOf(untyped.observe('**')).toEqualTypeOf<Observable<BusEvent>>()
  })

  test('does not pretend to know the data', () => {
    // @ts-expect-error: 'event.data' is of type 'unknown'
    untyped.subscribe('user.created', (event) => event.data.name)
  })
})

describe('a module that knows only its own events', () => {
  function startUsers(own: Bus<Small>): void {
    own.publish('user.created', { name: 'Ada' })
    own.subscribe('**', (event) => {
      expectTypeOf(event.type).toEqualTypeOf<UserTopic>()
    })
    // @ts-expect-error: Argument of type '"order.paid"' is not assignable …
    own.publish('order.paid', { total: 1 })
    // @ts-expect-error: … '"no topic in the catalog matches order.*"'
    own.subscribe('order.*', () => undefined)
  }

  test('takes a scope of the whole bus', () => {
    expectTypeOf(bus.scope('users', users)).toEqualTypeOf<Bus<Small>>()
    startUsers(bus.scope('users', users))
    startUsers(createBus({ catalog: users }))
    startUsers(createBus().scope('users', users))
  })

  test('a scope without a catalog of its own speaks what its bus speaks', () => {
    expectTypeOf(bus.scope('all')).toEqualTypeOf<Bus<Big>>()
    expectTypeOf(createBus().scope('all')).toEqualTypeOf<Bus>()
  })

  test('does not take the whole bus: its wildcards would see more than the module knows', () => {
    // @ts-expect-error: Argument of type 'Bus<…>' is not assignable to parameter of type 'Bus<…>'
    startUsers(bus)
    // @ts-expect-error: the same for a bus that speaks less
    startUsers(createBus({ catalog: defineCatalog(UserCreated) }))
  })
})

describe('code for any bus', () => {
  function watch(any: AnyBus): number {
    expectTypeOf(any.history('user.**', { limit: 1 })).toEqualTypeOf<BusEvent[]>()
    expectTypeOf(any.history()).toEqualTypeOf<BusEvent[]>()
    any.tap$.subscribe((signal) => expectTypeOf(signal.at).toBeNumber())
    return any.stats().published
  }

  test('takes every bus and every scope', () => {
    watch(bus)
    watch(bus.scope('users', users))
    watch(createBus({ catalog: users }))
    watch(createBus({ catalog: defineCatalog() }))
    watch(createBus())
    expectTypeOf<Bus<Big>>().toExtend<AnyBus>()
    expectTypeOf<Bus<Small>>().toExtend<AnyBus>()
    expectTypeOf<Bus>().toExtend<AnyBus>()
  })

  test('a generic function may take a bus of any catalog', () => {
    function last<D extends AnyDefinition>(any: Bus<D>): EventOf<D> | undefined {
      return any.history()[0]
    }
    expectTypeOf(last(bus)?.type).toEqualTypeOf<AnyTopic | undefined>()
  })
})
