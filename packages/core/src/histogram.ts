const PER_OCTAVE = 16
const LOWEST = -10 // 2^-10 ms, about a microsecond
const BUCKETS = 32 * PER_OCTAVE // up to 2^22 ms, about 70 minutes

// The bits of a number, its exponent and the first four after it, are the bucket: much cheaper than a logarithm.
const number = new Float64Array(1)
const bits = new Int32Array(number.buffer)
const FIRST = (1_023 + LOWEST) * PER_OCTAVE

/** Durations by order of magnitude: 2 KiB whatever the count, percentiles within 3.2 % of the true value. */
export class Histogram {
  readonly #counts = new Uint32Array(BUCKETS)
  #samples = 0

  get samples(): number {
    return this.#samples
  }

  record(ms: number): void {
    const index = bucketOf(ms)
    this.#counts[index] = this.#counts[index]! + 1
    this.#samples++
  }

  /** The duration in ms that the given share (0 to 1) of the samples does not exceed; 0 without samples. */
  percentile(share: number): number {
    let left = Math.ceil(this.#samples * share)
    for (let index = 0; index < BUCKETS && left > 0; index++) {
      left -= this.#counts[index]!
      if (left <= 0) return middleOf(index)
    }
    return 0
  }
}

function bucketOf(ms: number): number {
  if (!(ms > 0)) return 0 // zero, negative or no number at all: too short to measure
  number[0] = ms
  const bucket = (bits[1]! >> 16) - FIRST // the upper half comes second on every platform that is left
  return Math.max(0, Math.min(bucket, BUCKETS - 1))
}

function middleOf(index: number): number {
  const octave = Math.floor(index / PER_OCTAVE)
  return 2 ** (octave + LOWEST) * (1 + ((index % PER_OCTAVE) + 0.5) / PER_OCTAVE)
}
