import { type Observable, Subject } from 'rxjs'
import type { Dispatcher } from './dispatcher.ts'
import { Crowds } from './crowds.ts'
import { BusError } from './errors.ts'
import { interestIn } from './interest.ts'
import type { Log } from './logger.ts'
import { checkPolicy, type Policy } from './policy.ts'
import { checkHandler, type Handler } from './handler.ts'
import { HandlerSubscription, type Origin } from './subscription.ts'
import type { Tap } from './tap.ts'
import type { TopicFacts } from './topic-facts.ts'

/** What the registry needs of a bus. */
export interface RegistryParts {
  readonly spine: Dispatcher<TopicFacts>
  readonly tap: Tap
  readonly log: Log
  readonly bus: string
  readonly development: boolean
  readonly keepStacks: boolean
}

/** Who is subscribed: made, listed and ended here, and told to the tap and the log. */
export class Registry {
  readonly #spine: Dispatcher<TopicFacts>
  readonly #tap: Tap
  readonly #log: Log
  readonly #changes = new Subject<void>()
  readonly #bus: string
  readonly #crowds: Crowds | undefined
  readonly #keepStacks: boolean
  #order = 0
  #closed = false

  constructor({ spine, tap, log, bus, development, keepStacks }: RegistryParts) {
    this.#bus = bus
    this.#spine = spine
    this.#tap = tap
    this.#log = log
    this.#crowds = development ? new Crowds() : undefined
    this.#keepStacks = keepStacks
  }

  /** The patterns subscribed to by others than bridges: now, and whenever they change. */
  readonly interest$: Observable<readonly string[]> = interestIn(() => this.#interest(), this.#changes)

  /** Where the subscriptions of a scope come from. */
  originOf(source: string, owner: object, publishFor: Origin['publishFor']): Origin {
    return { source, owner, release: (subscription) => this.#release(subscription), publishFor }
  }

  /** Nobody subscribes any more. */
  close(): void {
    this.#closed = true
  }

  /** Throws `bus-closed`, `pattern-invalid`, `option-invalid`. */
  attach(
    origin: Origin,
    under: string | readonly string[],
    handler: Handler,
    policy: Policy,
    forwards: boolean,
  ): HandlerSubscription {
    if (this.#closed) throw new BusError('bus-closed', { bus: this.#bus })
    checkPolicy(policy)
    checkHandler(handler)
    const order = (policy.replace === true ? this.#replaced(origin, policy) : undefined) ?? this.#order++
    const subscription = new HandlerSubscription(origin, under, handler, policy, order, forwards)
    this.#spine.add(subscription)
    if (policy.queue?.overflow === 'error') this.#spine.refusals++
    if (this.#keepStacks) subscription.madeAt = new Error('subscribed').stack
    this.#warnOfCrowd(subscription)
    this.#changed('subscribed', subscription)
    if (policy.signal !== undefined) subscription.endWith(policy.signal)
    return subscription
  }

  /** Ends the oldest subscription of that handler under exactly that pattern; says whether there was one. */
  detach(pattern: string, handler: Handler, owner: object): boolean {
    const own = this.#spine.at(pattern).filter((one) => one.handler === handler && one.origin.owner === owner)
    own.sort((a, b) => a.order - b.order)
    own[0]?.unsubscribe()
    return own.length > 0
  }

  /** In the order in which they would be called. */
  all(): HandlerSubscription[] {
    return this.#spine.all()
  }

  /** Those that have ended but whose handlers still run included. */
  everyone(): Set<HandlerSubscription> {
    return new Set([...this.#spine.all(), ...this.#spine.running()])
  }

  /** Ends the one of the same name and scope; returns its place in the order. */
  #replaced({ owner }: Origin, { name }: Policy): number | undefined {
    const before = this.all().find((one) => one.origin.owner === owner && one.policy.name === name)
    before?.unsubscribe()
    return before?.order
  }

  #warnOfCrowd(subscription: HandlerSubscription): void {
    const size = this.#crowds?.join(subscription)
    if (size === undefined) return
    const topic = subscription.patterns.join(', ')
    const place = subscription.madeAt ?? 'set keepStacks to see where they are made'
    const detail = `${size} subscriptions of "${subscription.name}" are open: are they ever ended? ${place}`
    this.#tap.tell({ type: 'warning', warning: 'subscriptions-many', topic, detail })
    this.#log.write('warn', () => ({ message: `${topic}: ${detail}`, handler: subscription.name }))
  }

  #release(subscription: HandlerSubscription): void {
    this.#spine.remove(subscription)
    this.#crowds?.leave(subscription)
    if (subscription.policy.queue?.overflow === 'error') this.#spine.refusals--
    this.#changed('unsubscribed', subscription)
  }

  #changed(type: 'subscribed' | 'unsubscribed', subscription: HandlerSubscription): void {
    if (this.#tap.active) this.#tap.tell({ type, subscription: subscription.info })
    if (this.#changes.observed) this.#changes.next()
    this.#log.write('debug', () => ({
      message: `${type} ${subscription.patterns.join(', ')}`,
      handler: subscription.name,
    }))
  }

  #interest(): string[] {
    return [...new Set(this.all().flatMap((one) => (one.forwards ? [] : one.patterns)))]
  }
}
