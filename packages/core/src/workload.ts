import { Chain } from './chain.ts'
import { Lanes } from './lanes.ts'
import type { Terms } from './policy.ts'
import type { Task } from './task.ts'

/** What a handler has not finished with. Made with the first call that does not end at once. */
export class Workload {
  readonly lanes: Lanes
  readonly #open = new Chain<Task>()
  readonly #cancel: (task: Task) => void
  #idle: (() => void)[] = []

  /** `run` calls the handler for a task, `cancel` gives a task up because the subscription has ended. */
  constructor(terms: Terms, run: (task: Task) => void, cancel: (task: Task) => void) {
    this.lanes = new Lanes(terms, run)
    this.#cancel = cancel
  }

  get size(): number {
    return this.#open.size
  }

  /** Gives up all that the handler is not at work with. */
  end(): void {
    for (const task of this.#open.all()) if (task.state !== 'working') this.#cancel(task)
  }

  add(task: Task): void {
    task.lanes = this.lanes
    this.#open.add(task)
  }

  finish(task: Task): void {
    this.#open.remove(task)
    this.lanes.done(task)
    if (this.#open.size > 0) return
    for (const resolve of this.#idle) resolve()
    this.#idle = []
  }

  /** Resolves when nothing is left. */
  async idle(): Promise<void> {
    if (this.#open.size > 0) await new Promise<void>((resolve) => this.#idle.push(resolve))
  }
}
