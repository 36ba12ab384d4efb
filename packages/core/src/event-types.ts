import type { AnyDefinition } from './definition.ts'
import type { BusEvent } from './event.ts'
import type { Schema } from './schema.ts'
import type { Canonical, MatchedBy } from './topic-types.ts'

/** The topics that can be published; any text without a catalog. */
export type TopicOf<D extends AnyDefinition> = D['type']

/** The data that a publisher of topic `T` gives: the schema's input. */
export type InputOf<D extends AnyDefinition, T extends string> = string extends D['type']
  ? unknown
  : InputIn<Spelled<D>[T & D['type']]>

/** The events that pattern `P` lets through: a union of exactly the matching definitions, told apart by `type`. */
export type EventOf<D extends AnyDefinition, P extends string = string> = string extends D['type']
  ? BusEvent
  : EventIn<ByTopic<D>[MatchedBy<P, keyof ByTopic<D>>]>

// Definitions are looked up by topic where they can be: to search all 200 of a catalog 200 times takes seconds.
type Spelled<D extends AnyDefinition> = { readonly [One in D as One['type']]: One }
type ByTopic<D extends AnyDefinition> = { readonly [One in D as Canonical<One['type']>]: One }

type InputIn<One> = One extends { readonly data: Schema<infer Input, unknown> } ? Input : never
type EventIn<One> = One extends {
  readonly type: infer T extends string
  readonly data: Schema<unknown, infer Output>
}
  ? BusEvent<T, Output>
  : never

/** The pattern string of a pattern or a definition. */
export type PatternOf<P> = P extends string
  ? P
  : P extends { readonly type: infer T extends string }
    ? T
    : never

/** Those patterns of `P` that let nothing through. */
type Unmatched<D extends AnyDefinition, P> = P extends unknown
  ? [EventFor<D, P>] extends [never]
    ? PatternOf<P>
    : never
  : never

/** `Allowed`; or, when a pattern of `P` lets nothing through, a text that says so in the compiler's message. */
export type Checked<D extends AnyDefinition, P, Allowed = P> = [Unmatched<D, P>] extends [never]
  ? Allowed
  : `no topic in the catalog matches ${Unmatched<D, P>}`

/** The event that a pattern argument lets through. */
export type EventFor<D extends AnyDefinition, P> = EventOf<D, PatternOf<P>>
