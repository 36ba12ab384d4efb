const PER_OCTAVE = 8
const LOWEST = -10 // 2^-10 ms, about a microsecond
const BUCKETS = 32 * PER_OCTAVE // up to 2^22 ms, about 70 minutes

/** Durations by order of magnitude: 1 KiB whatever the count, percentiles within 4.5 % of the true value. */
export class Histogram {
  readonly #counts = new Uint32Array(BUCKETS)
  #samples = 0

  get samples(): number {
    return this.#samples
  }

  record(ms: number): void {
    const bucket = Math.floor((Math.log2(ms) - LOWEST) * PER_OCTAVE)
    const index = bucket > 0 ? Math.min(bucket, BUCKETS - 1) : 0 // zero and negative durations have no logarithm
    this.#counts[index] = this.#counts[index]! + 1
    this.#samples++
  }

  /** The duration in ms that the given share (0 to 1) of the samples does not exceed; 0 without samples. */
  percentile(share: number): number {
    let left = Math.ceil(this.#samples * share)
    for (let index = 0; index < BUCKETS && left > 0; index++) {
      left -= this.#counts[index]!
      if (left <= 0) return 2 ** ((index + 0.5) / PER_OCTAVE + LOWEST)
    }
    return 0
  }
}
