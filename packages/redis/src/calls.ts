import { BusError, type Clock } from '@heliobus/core'
import type { RedisCommand, RedisReply } from './client.ts'

/** How often is looked in the time that a command has. */
const LOOKS = 4

/** A command that is not answered yet. */
interface Call {
  readonly command: RedisCommand
  /** How often it will have been looked for when its time is over. */
  readonly due: number
  readonly reject: (error: BusError) => void
}

/**
 * The commands that one session has not answered. A socket whose other end is gone without a word answers none of them for
 * ever, and the clients wait with it; here each has its time, and one that is not answered in it ends them all.
 */
export class Calls {
  readonly #clock: Clock
  readonly #answerWithin: number
  readonly #overdue: (reason: Error) => void
  readonly #pending = new Set<Call>()
  readonly #idle: (() => void)[] = []
  #timer: unknown = undefined
  #looks = 0

  constructor(clock: Clock, answerWithin: number, overdue: (reason: Error) => void) {
    this.#clock = clock
    this.#answerWithin = answerWithin
    this.#overdue = overdue
  }

  get count(): number {
    return this.#pending.size
  }

  /** Follows a command; `wait`: ms that it may wait inside of Redis. Rejects with `redis-lost`, `redis-refused`. */
  follow(command: RedisCommand, wait: number, send: () => Promise<unknown>): Promise<RedisReply> {
    return new Promise((resolve, reject) => {
      const looks = 1 + Math.ceil((LOOKS * (this.#answerWithin + wait)) / this.#answerWithin)
      const call = { command, due: this.#looks + looks, reject }
      this.#pending.add(call)
      this.#watch()
      send().then(
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- RESP 2 has no replies of another shape
        (reply) => this.#settle(call) && resolve(reply as RedisReply),
        (error: unknown) => this.#settle(call) && reject(failure(command, error)),
      )
    })
  }

  /** Resolves when nothing is unanswered. */
  async idle(): Promise<void> {
    if (this.#pending.size > 0) await new Promise<void>((resolve) => this.#idle.push(resolve))
  }

  /** What is unanswered will not be. */
  abandon(reason: unknown): void {
    for (const call of this.#pending)
      if (this.#settle(call)) call.reject(new BusError('redis-lost', { command: call.command[0] }, reason))
    this.#clock.clearTimeout(this.#timer)
  }

  /** False when it is too late: nobody waits for the answer any more. */
  #settle(call: Call): boolean {
    if (!this.#pending.delete(call)) return false
    if (this.#pending.size === 0) for (const resolve of this.#idle.splice(0)) resolve()
    return true
  }

  /**
   * One timer for all. It is looks that are counted, not time: when this process stands still, the answers may well be there,
   * and are read before the next look.
   */
  #watch(): void {
    this.#timer ??= this.#clock.setTimeout(() => this.#look(), this.#answerWithin / LOOKS)
  }

  #look(): void {
    this.#timer = undefined
    this.#looks++
    const late = [...this.#pending].find(({ due }) => due <= this.#looks)
    if (late !== undefined) this.#overdue(new Error(`Redis has not answered ${late.command[0]} in time`))
    else if (this.#pending.size > 0) this.#watch()
  }
}

/** What Redis answers with begins with a code in capitals; what the clients have to say doesn't. */
const refusal = /^[A-Z][A-Z0-9_]*( |$)/

function failure([command]: RedisCommand, error: unknown): BusError {
  const reply = error instanceof Error ? error.message : String(error)
  if (refusal.test(reply)) return new BusError('redis-refused', { command, reply }, error)
  return new BusError('redis-lost', { command }, error)
}
