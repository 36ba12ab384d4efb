import type {
  Clock,
  ClockOffset,
  LinkStatus,
  PulledData,
  RemoteGroups,
  RemoteTap,
  TapBatch,
  TapWatch,
  TapWatcher,
} from '@heliobus/core'
import { FarClock } from './far-clock.ts'
import { named } from './named.ts'
import { SignalQueue } from './signal-queue.ts'

const KEPT = 50 // batches while its clock is not known

export interface FarProcessOptions {
  readonly remote: RemoteTap
  /** Its number in the rows. */
  readonly process: number
  readonly clock: Clock
  /** There is something new, or nothing to wait for any more. */
  readonly changed: () => void
  /** There may be groups, or something is amiss in one. */
  readonly groupsHeard: () => void
}

/** A process that is watched from here: its signals, in our time. */
export class FarProcess implements TapWatcher {
  readonly queue: SignalQueue
  readonly time: FarClock = new FarClock()
  readonly #options: FarProcessOptions
  readonly #watch: TapWatch
  #early: TapBatch[] = []
  #isOpen = false
  #until = 0

  constructor(options: FarProcessOptions) {
    this.#options = options
    this.queue = new SignalQueue(options.process)
    this.#watch = options.remote.watch(this)
  }

  get isOpen(): boolean {
    return this.#isOpen
  }

  get name(): string {
    return this.#options.remote.name
  }

  /** Its consumer groups; `undefined` while it is not connected, and when it shows none. */
  get groups(): RemoteGroups | undefined {
    return this.#watch.groups
  }

  /** Epoch ms, in our time: up to then it has told everything. There is nothing to wait for while it is away. */
  get until(): number {
    return this.#isOpen ? this.#until : Number.POSITIVE_INFINITY
  }

  status(status: LinkStatus, detail: string): void {
    const { remote, clock, changed } = this.#options
    this.#isOpen = status === 'open'
    this.#until = 0
    if (this.#isOpen) this.#options.groupsHeard()
    else this.#forgetTime()
    const link = `tap of ${remote.name}`
    this.queue.add({ type: 'link', link, status, detail: detail || undefined, at: clock.now() })
    changed()
  }

  told(batch: TapBatch): void {
    if (this.time.isKnown) this.#take(batch)
    else if (this.#early.length < KEPT) this.#early.push(batch)
    else this.#missed(batch.signals.length + batch.leftOut)
    this.#options.changed()
  }

  clock(offset: ClockOffset): void {
    this.time.read(offset)
    for (const batch of this.#early.splice(0)) this.#take(batch)
  }

  pull(eventId: string): Promise<PulledData> {
    return this.#watch.pull(eventId)
  }

  stop(): void {
    this.#watch.stop()
  }

  #forgetTime(): void {
    for (const batch of this.#early.splice(0)) this.#take(batch) // as well as is known
    this.time.forget()
  }

  #take({ signals, until, leftOut }: TapBatch): void {
    for (const signal of signals) this.time.note('there', signal)
    const { offset } = this.time
    const { remote, clock, groupsHeard } = this.#options
    const now = clock.now()
    for (const signal of signals) {
      if (signal.type === 'warning' && signal.warning === 'consumer-group') groupsHeard()
      const at = Math.min(signal.at + offset, now) // what says that it is yet to come would wait for ever
      this.queue.add({ ...named(signal, remote.name), at })
    }
    this.#until = until + offset
    if (leftOut > 0) this.#missed(leftOut)
  }

  #missed(signals: number): void {
    const { remote, clock } = this.#options
    const reason = `${signals} ${signals === 1 ? 'signal was' : 'signals were'} left out: too much at once`
    this.queue.add({
      type: 'gap',
      link: `tap of ${remote.name}`,
      reason,
      missing: undefined,
      at: clock.now(),
    })
  }
}
