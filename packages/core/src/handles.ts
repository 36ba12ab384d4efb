import type { Bus } from './bus.ts'
import type { AnyDefinition } from './definition.ts'
import type { BusEvent } from './event.ts'
import type { HandlerContext } from './handler-context.ts'
import type { Policy } from './policy.ts'
import type { PatternLike, Patterns } from './pattern-like.ts'
import type { Handler, Subscription } from './handler.ts'
import type { UntypedBus } from './untyped-bus.ts'

/** The events of a definition; any for a pattern of which only the text is known. */
type Handled<P> = P extends {
  readonly type: infer T extends string
  readonly parse: (data: unknown) => infer Data
}
  ? BusEvent<T, Data>
  : never

type Method<E> = (event: E, context: HandlerContext) => unknown

/** Fits standard decorators, and those of `experimentalDecorators`. */
interface MethodDecoration<E> {
  (method: Method<E>, context: { readonly kind: 'method' }): void
  (prototype: object, name: PropertyKey, descriptor: { readonly value?: Method<E> }): void
}

interface Handling {
  readonly patterns: Patterns
  readonly policy: Policy
}

/** What each decorated method handles. Kept by the method itself, which both kinds of decorators know. */
const handlings = new WeakMap<object, readonly Handling[]>()

/**
 * Marks a method as a handler; `register` subscribes it. Works under standard decorators and under TypeScript's
 * `experimentalDecorators`; may stand more than once on a method. A definition types the event.
 *
 * @example
 * class Profile {
 *   \@handles(BirthDataUpdated, { timeout: 5_000 })
 *   recalculate({ data }: EventOf<typeof BirthDataUpdated>) {}
 * }
 */
export function handles<const P extends PatternLike>(
  patterns: P | readonly P[],
  policy: Policy<Handled<P>> = {},
): MethodDecoration<Handled<P>> {
  return (target: object, _: unknown, descriptor?: { readonly value?: unknown }): void => {
    const method = descriptor === undefined ? target : descriptor.value
    if (typeof method !== 'function') throw new TypeError('@handles belongs on a method')
    const handling = { patterns, policy: policy as Policy }
    handlings.set(method, [...(handlings.get(method) ?? []), handling])
  }
}

/**
 * Subscribes every decorated method of an instance, inherited ones included, under the method's name unless the policy has
 * one. Ends them all with the returned subscription, or when the bus or scope closes. Throws what `subscribe` throws, and
 * then has subscribed nothing.
 */
export function register<D extends AnyDefinition>(bus: Bus<D>, instance: object): Subscription {
  const place: UntypedBus = bus // what a method takes is its own matter: nobody can check it here
  const made: Subscription[] = []
  const unsubscribe = (): void => made.forEach((subscription) => subscription.unsubscribe())
  try {
    for (const [name, method] of methodsOf(instance))
      for (const { patterns, policy } of handlings.get(method) ?? []) {
        const handler: Handler = (event, context) => Reflect.apply(method, instance, [event, context])
        made.push(place.subscribe(patterns, handler, { name, ...policy }))
      }
  } catch (error) {
    unsubscribe()
    throw error
  }
  return {
    unsubscribe,
    get closed() {
      return made.every(({ closed }) => closed)
    },
    [Symbol.dispose]: unsubscribe,
  }
}

/** Each method once: one that is overridden counts as it is overridden. */
function methodsOf(instance: object): ReadonlyMap<string, (...args: unknown[]) => unknown> {
  const methods = new Map<string, (...args: unknown[]) => unknown>()
  const seen = new Set<string>()
  for (
    let level: unknown = instance;
    typeof level === 'object' && level !== null;
    level = Object.getPrototypeOf(level)
  )
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(level))) {
      if (!seen.has(name) && typeof value === 'function') methods.set(name, value)
      seen.add(name)
    }
  return methods
}
