import type { Signal } from '@heliobus/core'

export interface RecorderOptions {
  /** Rows kept, rounded up to a power of two. Default 65,536. */
  readonly capacity?: number
  /**
   * Bytes of data that may be kept alive, estimated from one event of a type in 64; default 64,000,000. Beyond, the oldest rows
   * are let go. The newest is kept whatever its size.
   */
  readonly payloadBytes?: number
}

/** Calls `record` with each signal until the returned function is called. */
export type SignalSource = (record: (signal: Signal, process?: number) => void) => () => void
