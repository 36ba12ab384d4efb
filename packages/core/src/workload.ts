import { Chain, type ChainLink } from './chain.ts'
import { Lanes } from './lanes.ts'
import type { Subscriber, Task } from './task.ts'

/** What a handler has not finished with. Made with the first call that does not end at once. */
export class Workload implements ChainLink<Workload> {
  readonly subscription: Subscriber
  readonly lanes: Lanes
  readonly #busy: Chain<Workload>
  readonly #open = new Chain<Task>()
  readonly #cancel: (task: Task) => void
  #idle: (() => void)[] = []
  before: Workload | undefined = undefined
  after: Workload | undefined = undefined

  /**
   * `run` calls the handler for a task, `cancel` gives a task up because the subscription has ended. While there is
   * something to finish with, this is in `busy`.
   */
  constructor(
    subscription: Subscriber,
    busy: Chain<Workload>,
    run: (task: Task) => void,
    cancel: (task: Task) => void,
  ) {
    this.subscription = subscription
    this.lanes = new Lanes(subscription.terms, run)
    this.#busy = busy
    this.#cancel = cancel
  }

  get size(): number {
    return this.#open.size
  }

  /** Gives up all that the handler is not at work with. */
  end(): void {
    for (const task of this.tasks) if (task.state !== 'working') this.#cancel(task)
  }

  /** All of it, oldest first. */
  get tasks(): readonly Task[] {
    return this.#open.all()
  }

  find(fits: (task: Task) => boolean): Task | undefined {
    return this.#open.find(fits)
  }

  add(task: Task): void {
    if (this.#open.size === 0) this.#busy.add(this)
    task.lanes = this.lanes
    this.#open.add(task)
  }

  finish(task: Task): void {
    this.#open.remove(task)
    this.lanes.done(task)
    if (this.#open.size > 0) return
    this.#busy.remove(this)
    for (const resolve of this.#idle) resolve()
    this.#idle = []
  }

  /** Resolves when nothing is left. */
  async idle(): Promise<void> {
    if (this.#open.size > 0) await new Promise<void>((resolve) => this.#idle.push(resolve))
  }
}
