import { signalsText } from '../tap-wire/frames.ts'
import type { TapLimits } from './settings.ts'

/** A frame for all viewers, and what they miss who don't get it. */
export interface Batch {
  readonly frame: Buffer
  /** Signals in it, and those left out before it. */
  readonly told: number
}

interface Waiting {
  readonly text: string
  readonly bytes: number
  readonly at: number
}

/** Room for what stands around the signals of a batch, in bytes. */
const AROUND = 100

/** Signals on their way to the next batch: bounded in bytes, what has no place is counted. */
export class WaitingSignals {
  readonly #limits: Pick<TapLimits, 'batchBytes' | 'waitingBytes'>
  #waiting: Waiting[] = []
  #bytes = 0
  #leftOut = 0

  constructor(limits: Pick<TapLimits, 'batchBytes' | 'waitingBytes'>) {
    this.#limits = limits
  }

  /** `at`: of the signal, epoch ms. */
  add(text: string, at: number): void {
    const bytes = Buffer.byteLength(text) + 1 // with its comma
    const isTooLarge = bytes > this.#limits.batchBytes - AROUND
    if (isTooLarge || this.#bytes + bytes > this.#limits.waitingBytes) return this.leaveOut()
    this.#waiting.push({ text, bytes, at })
    this.#bytes += bytes
  }

  /** One that is not told. */
  leaveOut(): void {
    this.#leftOut++
  }

  /** The oldest, as many as a batch may hold. `now`: epoch ms. */
  take(now: number): Batch {
    const texts = this.#fill()
    const until = this.#waiting[0]?.at ?? now
    const leftOut = this.#leftOut
    this.#leftOut = 0
    return { frame: Buffer.from(signalsText(until, leftOut, texts)), told: texts.length + leftOut }
  }

  clear(): void {
    this.#waiting = []
    this.#bytes = 0
    this.#leftOut = 0
  }

  #fill(): readonly string[] {
    let [left, count] = [this.#limits.batchBytes - AROUND, 0]
    for (const { bytes } of this.#waiting) {
      if (bytes > left) break
      left -= bytes
      this.#bytes -= bytes
      count++
    }
    return this.#waiting.splice(0, count).map(({ text }) => text)
  }
}
