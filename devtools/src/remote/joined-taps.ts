import type { AnyBus, Clock, RemoteTap, Signal } from '@heliobus/core'
import type { SignalSource } from '../model/recorder-options.ts'
import type { Rows } from '../model/rows.ts'
import { FarProcess } from './far-process.ts'
import { merge } from './merge.ts'
import { SignalQueue } from './signal-queue.ts'

export interface JoinOptions {
  /** The bus of this process. */
  readonly bus: Pick<AnyBus, 'tap$'>
  readonly remotes: readonly RemoteTap[]
  /** Where the processes have their numbers, and events whose data is far away their rows. */
  readonly rows: Rows
  readonly clock: Clock
  /** There may be groups, or something is amiss in one. */
  readonly groupsHeard?: () => void
}

/** How long the timeline waits for who is late, in ms. */
const PATIENCE = 1_000
/** Signals that wait at most. */
const MOST = 50_000

/** Several processes as one source of signals, in one order of time. What is near waits until what is far was told. */
export class JoinedTaps {
  readonly #options: JoinOptions
  readonly #near = new SignalQueue(0)
  #far: readonly FarProcess[] = []
  #record: (signal: Signal, process?: number) => void = () => {}
  #timer: unknown = undefined

  constructor(options: JoinOptions) {
    this.#options = options
    for (const { name } of options.remotes) options.rows.processes.numberOf(name)
  }

  /** For the recorder: nothing is watched before, and after its end. */
  readonly source: SignalSource = (record) => {
    const { bus, remotes, rows, clock, groupsHeard = () => undefined } = this.#options
    this.#record = record
    const subscription = bus.tap$.subscribe((signal) => this.#hear(signal))
    const changed = (): void => this.#merge()
    this.#far = remotes.map(
      (remote) =>
        new FarProcess({
          remote,
          process: rows.processes.numberOf(remote.name),
          clock,
          changed,
          groupsHeard,
        }),
    )
    this.#merge()
    return () => {
      subscription.unsubscribe()
      for (const process of this.#far) process.stop()
      clock.clearTimeout(this.#timer)
      this.#timer = undefined
      this.#handOn(Number.POSITIVE_INFINITY)
      this.#far = []
    }
  }

  get clock(): Clock {
    return this.#options.clock
  }

  /** The processes that are watched at the moment. */
  get far(): readonly FarProcess[] {
    return this.#far
  }

  /** Who knows the data of what happened in a process. */
  processOf(row: number): FarProcess | undefined {
    const { rows } = this.#options
    const number = rows.process[rows.slot(row)]
    return this.#far.find(({ queue }) => queue.process === number)
  }

  #hear(signal: Signal): void {
    for (const process of this.#far) process.time.note('here', signal)
    if (!this.#far.some(({ isOpen }) => isOpen)) return this.#record(signal)
    this.#near.add(signal)
    if (this.#near.length > MOST) this.#handOn(Number.POSITIVE_INFINITY)
    this.#wait()
  }

  #merge(): void {
    const now = this.#options.clock.now()
    this.#handOn(Math.max(now - PATIENCE, Math.min(now, ...this.#far.map(({ until }) => until))))
    this.#wait()
  }

  /** Who is late may not come at all. */
  #wait(): void {
    const isWaiting = this.#near.length > 0 || this.#far.some(({ queue }) => queue.length > 0)
    if (!isWaiting || this.#timer !== undefined) return
    this.#timer = this.#options.clock.setTimeout(() => {
      this.#timer = undefined
      this.#merge()
    }, PATIENCE)
  }

  #handOn(until: number): void {
    merge([this.#near, ...this.#far.map(({ queue }) => queue)], until, this.#record)
  }
}
