import type { MANY, ONE } from './topic.ts'

// The same matching as `matches`, for the compiler. Topics are split once and compared segment by segment.

/** The one spelling by which a topic is stored. */
export type Canonical<S extends string> = S extends `${infer Head}:${infer Rest}`
  ? Canonical<`${Head}.${Rest}`>
  : S

type Split<S extends string> = S extends `${infer Head}.${infer Rest}` ? [Head, ...Split<Rest>] : [S]

type Segments<S extends string> = Split<Canonical<S>>

type MatchSegments<P extends readonly string[], T extends readonly string[]> = P extends readonly [
  infer Wanted,
  ...infer Later extends string[],
]
  ? Wanted extends typeof MANY
    ? MatchMany<Later, T>
    : T extends readonly [infer Segment, ...infer Rest extends string[]]
      ? Wanted extends typeof ONE | Segment
        ? MatchSegments<Later, Rest>
        : false
      : false
  : T extends readonly []
    ? true
    : false

/** `**` takes nothing, or one segment and goes on. */
type MatchMany<Later extends readonly string[], T extends readonly string[]> = Later extends readonly []
  ? true
  : MatchSegments<Later, T> extends true
    ? true
    : T extends readonly [unknown, ...infer Rest extends string[]]
      ? MatchMany<Later, Rest>
      : false

/** Topics that start with `$` are unseen by a leading wildcard. */
type IsHidden<P extends string, T extends string> = T extends `$${string}`
  ? P extends `*${string}`
    ? true
    : false
  : false

/** False for `string`, and for a text with a hole in it (`user.${string}`): what it says is known only at run time. */
// oxlint-disable-next-line typescript/no-generated-empty-object-type -- only a record of no certain key takes it
type IsLiteral<S extends string> = Record<never, 1> extends Record<S, 1> ? false : true

/** `true` when pattern `P` matches topic `T`; a text known only at run time may match anything. */
export type Matches<P extends string, T extends string> =
  IsLiteral<T> extends false ? true : [MatchedBy<P, Canonical<T>>] extends [never] ? false : true

/** Those of the topics `T`, in their one spelling, that pattern `P` matches. */
export type MatchedBy<P extends string, T> = P extends unknown
  ? IsLiteral<P> extends false
    ? T
    : P extends `${string}*${string}`
      ? Filtered<P, Segments<P>, T>
      : Canonical<P> & T
  : never

type Filtered<P extends string, Wanted extends readonly string[], T> = T extends string
  ? IsHidden<P, T> extends true
    ? never
    : MatchSegments<Wanted, Split<T>> extends true
      ? T
      : never
  : never
