import type { Clock } from '@heliobus/core'
import { isPassing, replyCode } from './commands.ts'
import type { Tenure } from './tenure.ts'

/** Between two tries, in ms. */
const PAUSE = 200

/** Tries again what Redis did not do, as long as the shard is ours. */
export class Persistence {
  readonly #tenure: Tenure
  readonly #clock: Clock
  readonly #tell: (error: unknown) => void

  constructor(tenure: Tenure, clock: Clock, tell: (error: unknown) => void) {
    this.#tenure = tenure
    this.#clock = clock
    this.#tell = tell
  }

  /** Resolves when it has succeeded, or the shard is somebody else's. */
  async until(run: () => Promise<void>): Promise<void> {
    while (!this.#tenure.isOver)
      try {
        return await run()
      } catch (error) {
        await this.rest(error)
      }
  }

  /** What to do about an error: wait a little. A log without its group was lost; who takes the shard anew founds it. */
  async rest(error: unknown): Promise<void> {
    if (this.#tenure.isOver) return
    if (replyCode(error) === 'NOGROUP') return this.#tenure.end('lost')
    if (!isPassing(error)) this.#tell(error)
    await new Promise<void>((resolve) => this.#clock.setTimeout(resolve, PAUSE))
  }
}
