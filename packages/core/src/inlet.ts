import type { Observable } from 'rxjs'
import type { Clock } from './clock.ts'
import type { AnyDefinition } from './definition.ts'
import type { BusError } from './errors.ts'
import type { BusEvent } from './event.ts'
import type { Notice } from './notice.ts'
import type { SignalFacts } from './signal.ts'
import type { Handler, Subscription } from './handler.ts'
import type { NotedDelivery } from './deliveries.ts'
import type { Settling } from './transport.ts'

/** What is particular about an event that comes in. */
export interface Acceptance {
  /** Paths at which its data may be masked: what is masked there needs not fit the schema. */
  readonly redacted?: readonly string[]
  readonly delivery?: NotedDelivery | undefined
}

/** The bus as features such as `bridge` see it. Apps don't need it. */
export interface Inlet {
  /** Unique, made anew with every bus: tells a bus its own events when they come back. */
  readonly id: string
  readonly source: string
  readonly clock: Clock
  definitionOf(topic: string): AnyDefinition | undefined
  /** The patterns subscribed to by others than bridges: now, and whenever they change (told once per task). */
  readonly interest$: Observable<readonly string[]>
  /**
   * An event that was published elsewhere: checked like one of ours, but it keeps its id, its time and its source.
   * Answers when its handlers have settled, at once if they have; never rejects. `link` is the name that signals show.
   */
  accept(event: BusEvent, link: string, how?: Acceptance): Settling
  /**
   * An event of the past, as it was: for the handlers of this bus that take what comes again, and for nobody else. Checked,
   * and told under the name `from`, like one that is accepted. Answers when they have settled, at once if they have; never
   * rejects. With `to`, for that subscription alone, whatever it takes otherwise.
   */
  replay(event: BusEvent, from: string, to?: Subscription): Settling
  /** The same with an event that this bus has checked before, and that a subscription is to have now. */
  again(event: BusEvent, to: Subscription): Settling
  /** A subscription that only carries events on: an event that nobody else takes still counts as unhandled. */
  forward(name: string, patterns: readonly string[], handler: Handler): Subscription
  /** Tells the tap, if somebody listens, and the logger, if it is given something to write. */
  tell(facts: SignalFacts, notice?: Notice): void
  /** Calls `run` when the bus closes, unless the returned function is called before. The bus waits for its promise. */
  whenClosed(run: (error: BusError) => unknown): () => void
}
