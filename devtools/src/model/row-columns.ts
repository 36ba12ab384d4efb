import { Names } from './names.ts'
import { Touched } from './touched.ts'

/** What this process is called among others. */
export const HERE = 'here'

/** What is known of rows, as columns of a ring: about 64 bytes a row beside the events. */
export class RowColumns {
  /** A power of two. */
  readonly capacity: number
  readonly types: Names = new Names(10_000)
  readonly links: Names = new Names(1_000)
  /** The processes that events happened in; 0 is this one. */
  readonly processes: Names = new Names(200, HERE)
  /** Rows that changed after they were added, for who keeps an index. */
  readonly touched: Touched = new Touched()
  /** Epoch ms at which the bus told of it. */
  readonly time: Float64Array
  readonly type: Uint16Array
  readonly status: Uint16Array
  /** Calls of handlers that succeeded; at most 65,535. */
  readonly handled: Uint16Array
  /** Calls of handlers that failed; at most 65,535. */
  readonly failures: Uint16Array
  /** The slowest call in ms; 0 while none has been timed. */
  readonly slowest: Float64Array
  /** Estimated bytes of the data, NaN until somebody asks. */
  readonly size: Float64Array
  /** Bytes of the data as the recorder put them down; 0 when it did not. */
  readonly weight: Uint32Array
  /** Number of the bridge it came over; 0 for none. */
  readonly link: Uint16Array
  /** Number of the process it happened in. */
  readonly process: Uint8Array

  constructor(capacity: number) {
    this.capacity = capacity
    this.time = new Float64Array(this.capacity)
    this.type = new Uint16Array(this.capacity)
    this.status = new Uint16Array(this.capacity)
    this.handled = new Uint16Array(this.capacity)
    this.failures = new Uint16Array(this.capacity)
    this.slowest = new Float64Array(this.capacity)
    this.size = new Float64Array(this.capacity)
    this.weight = new Uint32Array(this.capacity)
    this.link = new Uint16Array(this.capacity)
    this.process = new Uint8Array(this.capacity)
  }
}
