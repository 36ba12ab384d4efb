import type { Clock, Delivery, Outcome, Port, Settling } from '@heliobus/core'
import { Acknowledgements } from './acknowledgements.ts'
import { type Entry, memberOf, messageOf, type Redrive } from './entry.ts'
import { Hold } from './hold.ts'
import { letterOf, type Occasion, type StreamLetter } from './letter.ts'
import { Parking } from './parking.ts'
import { Persistence } from './persistence.ts'
import type { StreamSignal } from './signal.ts'
import type { Room, Tenure } from './tenure.ts'
import { type FailurePolicy, judge, type Verdict } from './verdict.ts'

export interface HandlingParts {
  readonly port: Pick<Port, 'receive' | 'gap'>
  readonly clock: Clock
  /** What it sent itself does not come back to it. */
  readonly link: string
  /** How much may be read and not acknowledged. */
  readonly window: Room
  readonly policyOf: (type: string) => FailurePolicy
  readonly tell: (signal: StreamSignal) => void
  /** An entry stays pending, and is to come again. */
  readonly left: () => void
}

/** An entry on its way through the handlers. */
interface Item {
  readonly entry: Entry
  readonly message: unknown
  readonly key: string | undefined
  readonly deliveries: number
}

/** Work that goes on, if any does. */
type Working = void | Promise<void>

/**
 * What the owner of a shard does with entries: those of one key one after the other, those of others meanwhile; each is
 * acknowledged, buried or parked once its handlers have settled.
 */
export class Handling {
  readonly tenure: Tenure
  readonly hold: Hold
  readonly persistence: Persistence
  isHalted = false
  readonly #parts: HandlingParts
  /** What the handlers are told of an event that comes for the first time. */
  readonly #first: Delivery
  readonly #acknowledgements: Acknowledgements
  readonly #parking: Parking
  /** By key: settles when the newest of its events has. */
  readonly #chains = new Map<string, Promise<void>>()

  constructor(tenure: Tenure, parts: HandlingParts) {
    const { clock, tell, window } = parts
    const { shard } = tenure.keys
    this.tenure = tenure
    this.#parts = parts
    this.#first = { attempt: 1, redelivered: false, fence: tenure.fence, signal: tenure.signal }
    this.hold = new Hold(window)
    this.persistence = new Persistence(tenure, clock, (error) => tell({ type: 'failed', shard, error }))
    const { persistence } = this
    const attempt = async (entry: Entry, key: string): Promise<Verdict> => {
      const item = { entry, key, message: messageOf(entry), deliveries: 2 }
      return this.#judge(await this.#deliver(item), item)
    }
    this.#parking = new Parking({ tenure, persistence, tell, attempt, mayHandle: () => this.#mayHandle })
    this.#acknowledgements = new Acknowledgements(
      (ids) => this.persistence.until(() => tenure.acknowledge(ids)),
      (id) => this.hold.letGo(id),
    )
  }

  /**
   * Resolves when it is done with, or left; never rejects. When nothing of its key is at work, it goes as far as the handlers
   * at once; and when those are quick, to the acknowledgements: then it costs no promise.
   */
  take(entry: Entry, deliveries: number): Working {
    const message = messageOf(entry)
    const key = memberOf(message, 'partitionkey')
    const item: Item = { entry, message, deliveries, key: typeof key === 'string' ? key : undefined }
    this.hold.add(entry)
    return item.key === undefined ? this.#handle(item) : this.#chain(item.key, () => this.#handle(item))
  }

  /** What crashed whoever took it goes to the dead letters. */
  crashed(entry: Entry, deliveries: number): Promise<void> {
    const error = new Error(`its handlers were begun ${deliveries} times, and never ended`)
    const letter = letterOf(this.#occasion(entry, deliveries), 'crashed', { attempts: deliveries, error })
    return this.#bury(entry, [letter])
  }

  /** The keys that are blocked, as Redis has them. */
  heard(parked: ReadonlyMap<string, unknown>): void {
    for (const [key, state] of parked)
      if (this.#parking.heard(key, String(state))) void this.#chain(key, () => this.#parking.free(key))
  }

  /** Resolves when nothing is at work. */
  async idle(): Promise<void> {
    while (this.#chains.size > 0 || (this.hold.size > 0 && !this.tenure.isOver)) {
      await Promise.all(this.#chains.values())
      await this.#acknowledgements.idle()
      if (this.hold.size > 0 && !this.tenure.isOver) await this.hold.bell.heard()
    }
  }

  get #mayHandle(): boolean {
    return !this.tenure.isOver && !this.isHalted
  }

  #chain(key: string, run: () => Working): Working {
    const before = this.#chains.get(key)
    const done = before === undefined ? run() : before.then(run)
    if (!(done instanceof Promise)) return
    this.#chains.set(key, done)
    void done.then(() => {
      if (this.#chains.get(key) === done) this.#chains.delete(key)
    })
    return done
  }

  #handle(item: Item): Working {
    const { entry, key, deliveries } = item
    if (!this.#mayHandle) return this.#leave(entry.id)
    if (this.#isNotForUs(entry)) return this.#acknowledgements.add(entry.id)
    if (deliveries > 1 || (key !== undefined && this.#parking.has(key))) return this.#handleWithCare(item)
    return this.#hand(item)
  }

  async #handleWithCare(item: Item): Promise<void> {
    const { entry, key } = item
    if (key !== undefined && this.#parking.has(key) && (await this.#parking.park(key, entry)))
      return this.hold.letGo(entry.id)
    if (item.deliveries > 1) await this.#note(item)
    await (this.#mayHandle ? this.#hand(item) : this.#leave(entry.id))
  }

  #hand(item: Item): Working {
    const outcome = this.#deliver(item)
    return outcome instanceof Promise
      ? outcome.then((late) => this.#settle(late, item))
      : this.#settle(outcome, item)
  }

  #settle(outcome: Outcome, item: Item): Working {
    const { refused, failed } = outcome
    if (refused === undefined && failed.length === 0) return this.#acknowledgements.add(item.entry.id)
    const verdict = this.#judge(outcome, item)
    return this.persistence.until(() => this.#carryOut(verdict, item))
  }

  /** Before it begins once more: if it never ends, that is known. */
  #note({ entry, deliveries }: Item): Promise<void> {
    return this.persistence.until(() => this.tenure.handOut(entry.id, deliveries))
  }

  #isNotForUs({ from, redrive }: Entry): boolean {
    return from === this.#parts.link || (redrive !== undefined && redrive.group !== this.tenure.keys.group)
  }

  #deliver({ entry: { redrive }, message, deliveries }: Item): Settling {
    const isFirst = deliveries === 1 && redrive === undefined
    return this.#parts.port.receive(message, isFirst ? this.#first : this.#again(deliveries, redrive))
  }

  #again(attempt: number, redrive: Redrive | undefined): Delivery {
    const target = redrive?.handler
    return { ...this.#first, attempt, redelivered: true, ...(target !== undefined && { target }) }
  }

  #judge(outcome: Outcome, { entry, message, deliveries }: Item): Verdict {
    const type = memberOf(message, 'type')
    const policy = this.#parts.policyOf(typeof type === 'string' ? type : '')
    return judge(outcome, this.#occasion(entry, deliveries), policy)
  }

  #occasion(entry: Entry, deliveries: number): Occasion {
    return { tenure: this.tenure, entry, deliveries, at: this.#parts.clock.now() }
  }

  async #carryOut(verdict: Verdict, { entry, key }: Item): Promise<void> {
    if (verdict.act === 'acknowledge') return this.#acknowledgements.add(entry.id)
    if (verdict.act === 'leave') return this.#leave(entry.id)
    const { act, letters } = verdict
    if (act === 'halt') return this.#halt(entry.id, letters)
    if (act !== 'block-key' || key === undefined) return this.#bury(entry, letters)
    await this.#parking.block(key, entry, letters)
    this.hold.letGo(entry.id)
  }

  async #bury({ id }: Entry, letters: readonly StreamLetter[]): Promise<void> {
    const texts = letters.map((letter) => JSON.stringify(letter))
    await this.tenure.bury(id, texts)
    this.hold.letGo(id)
    const { shard } = this.tenure.keys
    for (const letter of letters) this.#parts.tell({ type: 'buried', shard, letter })
  }

  #halt(id: string, [letter]: readonly StreamLetter[]): void {
    this.isHalted = true
    this.#leave(id)
    this.#parts.tell({ type: 'halted', shard: this.tenure.keys.shard, letter: letter! })
  }

  #leave(id: string): void {
    this.hold.letGo(id)
    this.#parts.left()
  }
}
