import type { Observable } from 'rxjs'
import { CatchUp, type CatchUpSettings } from './catch-up.ts'
import type { BusEvent } from './event.ts'
import type { EventLog } from './event-log.ts'
import type { Handler, Subscription } from './handler.ts'
import type { Patterns } from './pattern-like.ts'
import type { Policy, QueuePolicy } from './policy.ts'
import { Replayer, type ReplayProgress } from './replayer.ts'
import type { UntypedBus } from './untyped-bus.ts'

/** What is subscribed to, complete and checked. */
export interface FollowingSettings extends Omit<CatchUpSettings, 'signal'> {
  readonly patterns: Patterns
  readonly handler: Handler
  readonly policy: Policy
}

/** So many events are with the handler at a time while it catches up. */
const CROWD = 100

/** A subscription that a catch-up brings to the present. Until then there is a second one, which holds what comes. */
export class Following {
  readonly live: Promise<void>
  readonly progress$: Observable<ReplayProgress>
  readonly #catchUp: CatchUp
  readonly #stopping = new AbortController()
  readonly #holding: Subscription
  readonly #subscription: Subscription

  constructor(bus: UntypedBus, log: EventLog, settings: FollowingSettings) {
    const { policy } = settings
    this.#catchUp = new CatchUp(bus.inlet, log, { ...settings, signal: this.#stopping.signal })
    this.#holding = this.#hold(bus, settings)
    this.#subscription = this.#subscribe(bus, settings)
    const replayer = new Replayer({
      inlet: bus.inlet,
      speed: Number.POSITIVE_INFINITY,
      concurrency: roomOf(policy.queue),
      give: (entry) => this.#catchUp.give(entry, this.#subscription),
    })
    this.progress$ = replayer.progress$
    this.live = this.#run(replayer, policy.signal)
    this.live.catch(() => undefined) // whoever only follows the progress hears of it there
  }

  get isLive(): boolean {
    return this.#catchUp.isLive && !this.closed
  }

  get closed(): boolean {
    return this.#subscription.closed
  }

  /** A function of its own, so that it can be handed on. */
  get unsubscribe(): () => void {
    return () => this.#end()
  }

  [Symbol.dispose](): void {
    this.#end()
  }

  /** First of the two, so that it is called just before the other. */
  #hold(bus: UntypedBus, { patterns, name, policy: { priority = 0 } }: FollowingSettings): Subscription {
    const policy: Policy = {
      name: `${name} (catching up)`,
      priority,
      order: 'parallel',
      retry: false,
      replay: false,
    }
    return bus.subscribe(patterns, this.#catchUp.hold, policy)
  }

  #subscribe(bus: UntypedBus, { patterns, handler, name, policy }: FollowingSettings): Subscription {
    const where = (event: BusEvent): boolean =>
      this.#catchUp.isFree(event) && (policy.where === undefined || policy.where(event))
    try {
      const all: Policy = { ...policy, name, where, replay: false }
      return bus.subscribe(patterns, this.#catchUp.sparing(handler), all)
    } catch (error) {
      this.#holding.unsubscribe()
      throw error
    }
  }

  async #run(replayer: Replayer, signal: AbortSignal | undefined): Promise<void> {
    const { unsubscribe } = this
    signal?.addEventListener('abort', unsubscribe)
    try {
      await replayer.run(this.#catchUp.entries(this.#subscription, this.#holding), this.#stopping.signal)
    } catch (error) {
      unsubscribe()
      throw error
    } finally {
      this.#holding.unsubscribe()
      signal?.removeEventListener('abort', unsubscribe)
    }
  }

  #end(): void {
    this.#subscription.unsubscribe()
    this.#holding.unsubscribe()
    this.#stopping.abort()
  }
}

/** More than may wait for the handler would become dead letters. */
function roomOf({ limit = CROWD, total = CROWD }: QueuePolicy = {}): number {
  return Math.max(1, Math.min(CROWD, limit, total))
}
