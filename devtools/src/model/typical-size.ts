import { estimateSize } from './payload-text.ts'

const VALUES = 100
const SELDOM = 64

/**
 * About how large payloads of one kind are, from measuring each of the first few and one in 64 later on. A single very
 * large one moves the answer little; several in a row move it quickly.
 */
export class TypicalSize {
  #bytes = 0
  #measured = 0
  #untilNext = 0

  /** Estimated bytes of a payload: its own when it is measured, else those of its kind. */
  of(payload: unknown): number {
    return this.#untilNext-- > 0 ? this.#bytes : this.#measure(payload)
  }

  #measure(payload: unknown): number {
    const size = Math.round(estimateSize(payload, VALUES))
    const most = this.#measured === 0 ? size : 4 * this.#bytes + 1_000
    this.#bytes += Math.round((Math.min(size, most) - this.#bytes) / (this.#measured === 0 ? 1 : 4))
    this.#measured++
    this.#untilNext = Math.min(this.#measured, SELDOM) - 1
    return size
  }
}
