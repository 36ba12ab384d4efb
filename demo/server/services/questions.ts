import type { GroupAnswer, GroupQuestion, WorkerOrder } from './messages.ts'

interface Waiting {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

/** Questions to one process, as long as it lasts. */
export class Questions {
  readonly #waiting = new Map<number, Waiting>()
  #asked = 0

  /** Rejects with what the worker could not do, and when it has ended before it could answer. */
  ask(question: GroupQuestion, tell: (order: WorkerOrder) => void): Promise<unknown> {
    const number = ++this.#asked
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject })
      tell({ type: 'ask', number, question })
    })
  }

  answered(number: number, answer: GroupAnswer): void {
    const waiting = this.#waiting.get(number)
    this.#waiting.delete(number)
    if ('failure' in answer) waiting?.reject(errorOf(answer.failure))
    else waiting?.resolve(answer.value)
  }

  /** Nobody will answer any more. */
  end(): void {
    for (const { reject } of this.#waiting.values()) reject(new Error('the worker has ended'))
    this.#waiting.clear()
  }
}

function errorOf({ message, code }: Extract<GroupAnswer, { failure: unknown }>['failure']): Error {
  return Object.assign(new Error(message), { code })
}
