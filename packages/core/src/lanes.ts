import type { BusEvent } from './event.ts'
import { Fifo } from './fifo.ts'
import { Lane } from './lane.ts'
import { Line } from './line.ts'
import type { Terms } from './policy.ts'
import type { Task } from './task.ts'

/** A task that has to go. */
export interface Refused {
  readonly task: Task
  readonly why: 'overflow' | 'exhausted' | 'superseded'
}

/** So many lanes may be idle before they are looked for: most keys come again, and find theirs. */
const IDLE = 64

/**
 * Who goes and who waits at one handler. Made with the first call that does not end at once, so that a synchronous handler
 * which succeeds pays nothing. Each step costs the same however many wait.
 */
export class Lanes {
  readonly #terms: Terms
  readonly #run: (task: Task) => void
  readonly #byKey = new Map<string, Lane<Task>>()
  /** Of all events, where the order asks for no key. */
  readonly #only = new Lane<Task>()
  /** With how many lanes the idle ones are let go. */
  #full = IDLE
  /** Have their turn, and wait until fewer are at work. */
  readonly #ready = new Line<Task>()
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
    return !this.#isCrowded && this.#laneOf(event)?.holder === undefined
  }

  /** True when there is no place for an event, and its publisher is to know. */
  refuses(event: BusEvent): boolean {
    const { order, overflow, limit, total } = this.#terms
    if (overflow !== 'error' || order === 'latest' || order === 'exhaust' || this.isFree(event)) return false
    const lane = this.#laneOf(event)
    return this.#waiting >= total || (lane?.holder !== undefined && lane.behind >= limit)
  }

  /** Takes a task whose handler was called already: nothing stood in its way. */
  enter(task: Task): void {
    task.state = 'working'
    this.#hold(task, this.#laneOf(task.event))
    this.#working++
  }

  /** Lets a task go or wait. Answers with what must be given up for it, which may be itself. */
  arrive(task: Task): Refused | undefined {
    const lane = this.#laneOf(task.event)
    if (lane?.holder !== undefined) return this.#queue(task, lane, lane.holder)
    const victim = this.#isCrowded ? this.#victim(task, undefined) : undefined
    if (victim !== task) {
      this.#hold(task, lane)
      this.#admit(task)
    }
    return victim && { task: victim, why: 'overflow' }
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
    const { state, lane } = task
    task.state = 'done'
    if (state === 'working') this.#working--
    if (state === 'waiting' || state === 'ready') this.#waiting--
    if (state === 'waiting') lane!.behind--
    else if (state !== 'new' && lane !== undefined) this.#passOn(lane)
    this.#admitReady()
  }

  get #isCrowded(): boolean {
    return this.#working >= this.#terms.concurrency
  }

  /** `undefined` for an event that waits for nobody. */
  #laneOf({ key }: BusEvent): Lane<Task> | undefined {
    const { order } = this.#terms
    if (order !== 'key') return order === 'parallel' ? undefined : this.#only
    return key === undefined ? undefined : (this.#byKey.get(key) ?? this.#open(key))
  }

  /** Lanes are kept for the next event of the key, and let go by the dozen: cheaper than one by one. */
  #open(key: string): Lane<Task> {
    if (this.#byKey.size >= this.#full) this.#sweep()
    const lane = new Lane<Task>()
    this.#byKey.set(key, lane)
    return lane
  }

  #sweep(): void {
    for (const [key, { holder }] of this.#byKey) if (holder === undefined) this.#byKey.delete(key)
    this.#full = IDLE + 2 * this.#byKey.size
  }

  #hold(task: Task, lane: Lane<Task> | undefined): void {
    if (lane === undefined) return
    lane.holder = task
    task.lane = lane
  }

  /** `holder` has the turn of the lane. */
  #queue(task: Task, lane: Lane<Task>, holder: Task): Refused | undefined {
    const { order } = this.#terms
    if (order === 'exhaust') return { task, why: 'exhausted' }
    const victim = order === 'latest' ? undefined : this.#victim(task, lane)
    if (victim !== task) this.#wait(task, lane)
    if (order === 'latest') return { task: holder, why: 'superseded' }
    return victim && { task: victim, why: 'overflow' }
  }

  /** Who has to go so that a task can wait: nobody, the one that has waited longest, or itself. */
  #victim(task: Task, lane: Lane<Task> | undefined): Task | undefined {
    const { limit, total, overflow } = this.#terms
    const isLaneFull = lane !== undefined && lane.behind >= limit
    if (!isLaneFull && this.#waiting < total) return undefined
    if (overflow !== 'oldest') return task
    return lane?.first ?? (isLaneFull ? undefined : this.#ready.first) ?? task
  }

  #wait(task: Task, lane: Lane<Task>): void {
    task.state = 'waiting'
    task.lane = lane
    lane.wait(task)
    this.#waiting++
  }

  /** The turn goes to the next of its key. */
  #passOn(lane: Lane<Task>): void {
    const next = lane.passOn()
    if (next === undefined) return
    this.#waiting--
    this.#admit(next)
  }

  #admit(task: Task): void {
    if (!this.#isCrowded) return this.#start(task)
    task.state = 'ready'
    this.#waiting++
    this.#ready.push(task)
  }

  #admitReady(): void {
    while (!this.#isCrowded) {
      const task = this.#ready.shift()
      if (task === undefined) return
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
