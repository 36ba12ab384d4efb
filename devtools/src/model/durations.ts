const PER_OCTAVE = 16
const LOWEST = -10 // 2^-10 ms, about a microsecond
const BUCKETS = 32 * PER_OCTAVE // up to 2^22 ms, about 70 minutes

const float = new Float32Array(1)
const bits = new Int32Array(float.buffer)

/** Percentiles in ms, and on how many durations they rest; 0 without any. */
export interface Percentiles {
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly samples: number
}

/** Durations by order of magnitude: 2 KiB whatever the count, percentiles within 3.2 % of the true value. */
export class Durations {
  /** How many buckets there are. */
  static readonly BUCKETS: number = BUCKETS
  readonly #counts = new Uint32Array(BUCKETS)
  #samples = 0

  get samples(): number {
    return this.#samples
  }

  record(ms: number): void {
    const bucket = bucketOf(ms)
    this.#counts[bucket]!++
    this.#samples++
  }

  /** The buckets that hold something, and how many each: for a file. */
  get buckets(): readonly (readonly [bucket: number, count: number])[] {
    return [...this.#counts].map((count, bucket) => [bucket, count] as const).filter(([, count]) => count > 0)
  }

  /** Adds so many samples to a bucket. Ignores a bucket that there is not, and what is more than a bucket holds. */
  add(bucket: number, count: number): void {
    const held = this.#counts[bucket]
    if (held === undefined) return
    this.#counts[bucket] = Math.min(held + Math.floor(count), 0xffff_ffff)
    this.#samples += this.#counts[bucket] - held
  }

  /** The duration in ms that the given share (0 to 1) of the samples does not exceed; 0 without samples. */
  percentile(share: number): number {
    let left = Math.ceil(this.#samples * share)
    for (let bucket = 0; bucket < BUCKETS && left > 0; bucket++) {
      left -= this.#counts[bucket]!
      if (left <= 0) return middleOf(bucket)
    }
    return 0
  }
}

/** Of none, when there are none. */
export function percentilesOf(durations: Durations | undefined): Percentiles {
  const at = (share: number): number => durations?.percentile(share) ?? 0
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), samples: durations?.samples ?? 0 }
}

/** A float's bits are its exponent, then its mantissa: shifted, they number sixteenths of an octave without a logarithm. */
function bucketOf(ms: number): number {
  float[0] = ms
  const bucket = (bits[0]! >> 19) - ((127 + LOWEST) << 4)
  return bucket > 0 ? Math.min(bucket, BUCKETS - 1) : 0
}

function middleOf(bucket: number): number {
  const octave = 2 ** (Math.floor(bucket / PER_OCTAVE) + LOWEST)
  return octave * (1 + ((bucket % PER_OCTAVE) + 0.5) / PER_OCTAVE)
}
