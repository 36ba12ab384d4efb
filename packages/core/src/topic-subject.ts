import { type Observer, Subject, type Subscription } from 'rxjs'
import { type Match, type Ranked, Router } from './router.ts'

/** One that listens on a `TopicSubject`, under one or more patterns. */
export interface Listener extends Ranked {
  readonly patterns: readonly string[]
}

/**
 * An RxJS Subject whose `next` reaches only the listeners whose patterns match the value's type: the spine of a bus.
 * Plain observers of the subject see every value, in order of publishing.
 *
 * How a value is brought to its listeners is the subclass's matter. It is not left to RxJS, which ends a subscription on
 * a throw: a handler inside an operator chain could not be isolated, let alone be tried again.
 */
export abstract class TopicSubject<
  T extends { readonly type: string },
  L extends Listener,
  N,
> extends Subject<T> {
  readonly #router: Router<L, N>
  #watched = false

  /** `noteOn` is asked once per remembered topic. */
  constructor(noteOn: (topic: string) => N) {
    super()
    this.#router = new Router(noteOn)
  }

  protected abstract deliver(value: T, match: Match<L, N>): void

  /** Throws `topic-invalid`. */
  override next(value: T): void {
    this.pass(value, this.match(value.type))
  }

  /** `next` for who has looked up the match already. */
  pass(value: T, match: Match<L, N>): void {
    if (this.#watched) super.next(value)
    this.deliver(value, match)
  }

  override subscribe(observer?: Partial<Observer<T>> | ((value: T) => void) | null): Subscription {
    this.#watched = true
    return typeof observer === 'function' ? super.subscribe(observer) : super.subscribe(observer ?? {})
  }

  match(topic: string): Match<L, N> {
    return this.#router.match(topic)
  }

  /** Throws `pattern-invalid`, and then has added nothing. */
  add(listener: L): void {
    const added: string[] = []
    try {
      for (const pattern of listener.patterns) {
        this.#router.add(pattern, listener)
        added.push(pattern)
      }
    } catch (error) {
      for (const pattern of added) this.#router.remove(pattern, listener)
      throw error
    }
  }

  remove(listener: L): void {
    for (const pattern of listener.patterns) this.#router.remove(pattern, listener)
  }

  /** Notes are made afresh from now on. */
  forget(): void {
    this.#router.forget()
  }

  /** The listeners under exactly this pattern. */
  at(pattern: string): L[] {
    return this.#router.at(pattern)
  }

  /** Every listener, in the order in which they would be called. */
  all(): L[] {
    return this.#router.all()
  }
}
