import type { BusEvent } from './event.ts'
import { Fifo } from './fifo.ts'
import type { Terms } from './policy.ts'
import type { Task } from './task.ts'

/** A task that has to go. */
export interface Refused {
  readonly task: Task
  readonly why: 'overflow' | 'exhausted'
}

const ALL = Symbol('one lane for all events')

/**
 * Who goes and who waits at one handler. Made with the first call that does not end at once, so that a synchronous handler
 * which succeeds pays nothing. Each step costs the same however many wait.
 */
export class Lanes {
  readonly #terms: Terms
  readonly #run: (task: Task) => void
  /** Of each key the task that has its turn, until it is done; the others of the key wait behind it. */
  readonly #holders = new Map<unknown, Task>()
  /** Have their turn, and wait until fewer are at work. */
  readonly #ready = new Fifo<Task>()
  #newest: Task | undefined = undefined
  #waiting = 0
  #working = 0
  readonly #toStart = new Fifo<Task>()
  #isStarting = false

  /** `run` calls the handler for a task. */
  constructor(terms: Terms, run: (task: Task) => void) {
    this.#terms = terms
    this.#run = run
  }

  /** Events that wait for others. */
  get waiting(): number {
    return this.#waiting
  }

  /** True when an event goes at once: nothing stands in its way. */
  isFree(event: BusEvent): boolean {
    if (this.#isCrowded) return false
    const { order } = this.#terms
    if (order === 'latest' || order === 'exhaust') return this.#newest === undefined
    const key = this.#keyOf(event)
    return key === undefined || !this.#holders.has(key)
  }

  /** True when there is no place for an event, and its publisher is to know. */
  refuses(event: BusEvent): boolean {
    const { overflow, limit, total } = this.#terms
    if (overflow !== 'error' || this.isFree(event)) return false
    const holder = this.#holders.get(this.#keyOf(event))
    return this.#waiting >= total || (holder !== undefined && holder.behind >= limit)
  }

  /** Takes a task whose handler was called already: nothing stood in its way. */
  enter(task: Task): void {
    task.state = 'working'
    this.#hold(task)
    this.#working++
  }

  /** The task that must be given up before another arrives. */
  get outdated(): Task | undefined {
    return this.#terms.order === 'latest' ? this.#newest : undefined
  }

  /** Lets a task go or wait. Answers with what must be given up for it, which may be itself. */
  arrive(task: Task): Refused | undefined {
    const { order, total } = this.#terms
    if (order === 'exhaust' && this.#newest !== undefined) return { task, why: 'exhausted' }
    const holder = this.#holders.get(this.#keyOf(task.event))
    if (holder !== undefined) return this.#queue(task, holder)
    if (this.#isCrowded && this.#waiting >= total) return { task, why: 'overflow' }
    this.#hold(task)
    this.#admit(task)
    return undefined
  }

  /** The task's handler has been called, and the call is over. It may be called again. */
  rest(task: Task): void {
    task.state = 'asleep'
    this.#working--
    this.#admitReady()
  }

  /** Its handler may be called again. */
  wake(task: Task): void {
    this.#admit(task)
  }

  /** Its handler won't be called again. */
  done(task: Task): void {
    const { state } = task
    task.state = 'done'
    if (state === 'working') this.#working--
    if (state === 'waiting' || state === 'ready') this.#waiting--
    if (this.#newest === task) this.#newest = undefined
    if (state === 'waiting') this.#holders.get(this.#keyOf(task.event))!.behind--
    else if (state !== 'new') this.#passOn(task)
    this.#admitReady()
  }

  get #isCrowded(): boolean {
    return this.#working >= this.#terms.concurrency
  }

  #keyOf(event: BusEvent): unknown {
    if (this.#terms.order === 'key') return event.key
    return this.#terms.order === 'serial' ? ALL : undefined
  }

  #hold(task: Task): void {
    this.#newest = task
    const key = this.#keyOf(task.event)
    if (key !== undefined) this.#holders.set(key, task)
  }

  #queue(task: Task, holder: Task): Refused | undefined {
    const { limit, total, overflow } = this.#terms
    const isFull = holder.behind >= limit || this.#waiting >= total
    const victim = isFull ? ((overflow === 'oldest' ? nextOf(holder) : undefined) ?? task) : undefined
    if (victim !== task) {
      task.state = 'waiting'
      holder.queue ??= new Fifo()
      holder.queue.push(task)
      holder.behind++
      this.#waiting++
    }
    return victim && { task: victim, why: 'overflow' }
  }

  /** The turn goes to the next of its key. */
  #passOn(holder: Task): void {
    const key = this.#keyOf(holder.event)
    if (key === undefined) return
    const next = nextOf(holder)
    if (next === undefined) return void this.#holders.delete(key)
    holder.queue!.shift()
    next.queue = holder.queue
    next.behind = holder.behind - 1
    this.#waiting--
    this.#holders.set(key, next)
    this.#newest = next
    this.#admit(next)
  }

  #admit(task: Task): void {
    if (!this.#isCrowded) return this.#start(task)
    task.state = 'ready'
    this.#waiting++
    this.#ready.push(task)
  }

  #admitReady(): void {
    while (this.#ready.size > 0 && !this.#isCrowded) {
      const task = this.#ready.shift()!
      if (task.state !== 'ready') continue // cancelled meanwhile
      this.#waiting--
      this.#start(task)
    }
  }

  /** In a loop, not in each other's stack: thousands may wait for one that ends. */
  #start(task: Task): void {
    task.state = 'working'
    this.#working++
    this.#toStart.push(task)
    if (this.#isStarting) return
    this.#isStarting = true
    for (let next = this.#toStart.shift(); next !== undefined; next = this.#toStart.shift()) this.#run(next)
    this.#isStarting = false
  }
}

/** Who is next; stays there. What was cancelled meanwhile is passed over. */
function nextOf({ queue }: Task): Task | undefined {
  while (queue?.peek()?.state === 'done') queue.shift()
  return queue?.peek()
}
