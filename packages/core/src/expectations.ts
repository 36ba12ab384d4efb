import type { Fate } from './task.ts'

type Answer = (fate: Fate | undefined) => void

/** Who waits for events, by their ids, to be dispatched. */
export class Expectations {
  readonly #expected = new Map<string, Answer>()

  get size(): number {
    return this.#expected.size
  }

  /** Ask before the event enters. `answer` is called when it has been dispatched, with `undefined` when it was dropped before. */
  ask(id: string, answer: Answer): void {
    const earlier = this.#expected.get(id)
    this.#expected.set(id, earlier === undefined ? answer : both(earlier, answer))
  }

  /** The event was dispatched; without a fate it won't be. */
  meet(id: string, fate: Fate | undefined): void {
    const answer = this.#expected.get(id)
    if (answer === undefined) return
    this.#expected.delete(id)
    answer(fate)
  }
}

function both(earlier: Answer, later: Answer): Answer {
  return (fate) => {
    earlier(fate)
    later(fate)
  }
}
