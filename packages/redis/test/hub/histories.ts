import type { Draft } from '@heliobus/websocket/hub'
import { openRedisHistory, type RedisHistory, type RedisHistoryOptions } from '../../src/hub/index.ts'
import { clients } from '../world.ts'

export const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at)

export const draft = (sequence: number, from = 'someone'): Draft => ({
  topic: 'a',
  text: JSON.stringify({ n: sequence, from }),
  from,
  sequence,
})

/** What tests need sooner than others. */
const hurried = { answerWithin: 300, connectWithin: 1_000, silentFor: 300, checkEvery: 50 }

/** Histories of one namespace, closed after the test. */
export class Histories {
  readonly namespace: string = crypto.randomUUID()
  readonly #open: RedisHistory[] = []

  async open(url: string, options: Partial<RedisHistoryOptions> = {}): Promise<RedisHistory> {
    const [[, clientOf]] = clients as [(typeof clients)[number]]
    const history = await openRedisHistory({
      client: clientOf(url),
      namespace: this.namespace,
      logger: { log: () => undefined },
      random: () => 0.02,
      ...options,
      limits: { ...hurried, ...options.limits },
    })
    this.#open.push(history)
    return history
  }

  async close(): Promise<void> {
    await Promise.all(this.#open.splice(0).map((one) => one.close()))
  }
}
