import type { BusEvent } from './event.ts'
import { Fifo } from './fifo.ts'
import type { Terms } from './policy.ts'
import type { Lane, Task } from './task.ts'

/** A task that has to go. */
export interface Refused {
  readonly task: Task
  readonly why: 'overflow' | 'exhausted'
}

/** So many lanes may be idle before they are looked for: most keys come again, and find theirs. */
const IDLE = 64

const ALL = Symbol('one lane for all events')

/**
 * Who goes and who waits at one handler. Made with the first call that does not end at once, so that a synchronous handler
 * which succeeds pays nothing. Each step costs the same however many wait.
 */
export class Lanes {
  readonly #terms: Terms
  readonly #run: (task: Task) => void
  readonly #byKey = new Map<unknown, Lane>()
  /** With how many lanes the idle ones are let go. */
  #full = IDLE
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
    return this.#laneOf(event)?.holder === undefined
  }

  /** True when there is no place for an event, and its publisher is to know. */
  refuses(event: BusEvent): boolean {
    const { overflow, limit, total } = this.#terms
    if (overflow !== 'error' || this.isFree(event)) return false
    const lane = this.#laneOf(event)
    return this.#waiting >= total || (lane?.holder !== undefined && lane.behind >= limit)
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
    const lane = this.#laneOf(task.event)
    if (lane?.holder !== undefined) return this.#queue(task, lane)
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
    if (state === 'waiting') task.lane!.behind--
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

  #laneOf(event: BusEvent): Lane | undefined {
    const key = this.#keyOf(event)
    return key === undefined ? undefined : this.#byKey.get(key)
  }

  #hold(task: Task): void {
    this.#newest = task
    const key = this.#keyOf(task.event)
    if (key === undefined) return
    const lane = this.#byKey.get(key) ?? this.#open(key)
    lane.holder = task
    task.lane = lane
  }

  /** Lanes are kept for the next event of the key, and let go by the dozen: cheaper than one by one. */
  #open(key: unknown): Lane {
    if (this.#byKey.size >= this.#full) this.#sweep()
    const lane: Lane = { holder: undefined, queue: undefined, behind: 0 }
    this.#byKey.set(key, lane)
    return lane
  }

  #sweep(): void {
    for (const [key, { holder }] of this.#byKey) if (holder === undefined) this.#byKey.delete(key)
    this.#full = IDLE + 2 * this.#byKey.size
  }

  #queue(task: Task, lane: Lane): Refused | undefined {
    const { limit, total, overflow } = this.#terms
    const isFull = lane.behind >= limit || this.#waiting >= total
    const victim = isFull ? ((overflow === 'oldest' ? nextOf(lane) : undefined) ?? task) : undefined
    if (victim !== task) {
      task.state = 'waiting'
      task.lane = lane
      lane.queue ??= new Fifo()
      lane.queue.push(task)
      lane.behind++
      this.#waiting++
    }
    return victim && { task: victim, why: 'overflow' }
  }

  /** The turn goes to the next of its key. */
  #passOn({ lane }: Task): void {
    if (lane === undefined) return
    const next = nextOf(lane)
    lane.holder = next
    if (next === undefined) return
    lane.queue!.shift()
    lane.behind--
    this.#waiting--
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
    if (this.#isStarting) return this.#toStart.push(task)
    this.#isStarting = true
    for (let next: Task | undefined = task; next !== undefined; next = this.#toStart.shift()) this.#run(next)
    this.#isStarting = false
  }
}

/** Who is next; stays there. What was cancelled meanwhile is passed over. */
function nextOf({ queue }: Lane): Task | undefined {
  while (queue?.peek()?.state === 'done') queue.shift()
  return queue?.peek()
}
