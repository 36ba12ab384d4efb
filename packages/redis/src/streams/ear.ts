import type { RedisClient } from '../client.ts'
import { Connection, type ConnectionOptions } from '../connection.ts'

export interface EarOptions extends ConnectionOptions {
  readonly client: RedisClient
  readonly channel: string
  /** There is news in this log. */
  readonly heard: (log: string) => void
  /** Nothing was heard for a while: there may be news anywhere. */
  readonly missed: () => void
}

/**
 * Hears of news in shards that had none, so that nobody has to ask for it all the time. What is not heard is no loss: it is
 * found a little later by those who ask now and then.
 */
export class Ear {
  readonly #channel: string
  readonly #connection: Connection

  constructor({ client, channel, heard, missed, ...options }: EarOptions) {
    this.#channel = channel
    this.#connection = new Connection((ended) => client.subscribe(channel, heard, ended), {
      ...options,
      report: (status) => status === 'open' && missed(),
    })
  }

  /** Where it listens at the moment, if it does. */
  get channel(): string | undefined {
    return this.#connection.status === 'open' ? this.#channel : undefined
  }

  /** Rejects with `redis-unreachable`, also for a user who may not listen; then it never hears. */
  open(): Promise<void> {
    return this.#connection.open()
  }

  close(): Promise<void> {
    return this.#connection.close()
  }
}
