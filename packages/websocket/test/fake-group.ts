import {
  BusError,
  type ConsumerGroup,
  type GroupLetter,
  type GroupShard,
  type GroupSignal,
} from '@heliobus/core'

/** A group without a store, that writes down what is asked of it. */
export class FakeGroup implements ConsumerGroup {
  readonly name: string
  /** ms. */
  readonly retention: number
  readonly signals$ = {
    subscribe: (listener: (signal: GroupSignal) => void) => {
      this.#listeners.add(listener)
      return { unsubscribe: () => void this.#listeners.delete(listener) }
    },
  }
  readonly calls: string[] = []
  readonly kept = new Map<string, GroupLetter>()
  readonly blocked = new Map<string, GroupLetter>()
  shards: readonly GroupShard[] = [
    shard(0, { owner: { member: 'm-1', fence: 3 } }),
    shard(1, { lag: 4, oldest: 0 }),
  ]
  isAway = false
  readonly #listeners = new Set<(signal: GroupSignal) => void>()

  constructor(name = 'billing', retention = 100_000) {
    this.name = name
    this.retention = retention
  }

  async inspect(): Promise<readonly GroupShard[]> {
    this.#called('inspect')
    return this.shards
  }

  readonly deadLetters = {
    list: async ({ after, limit = 1_000 }: { readonly after?: string; readonly limit?: number } = {}) => {
      this.#called(`list after ${after ?? 'nothing'}`)
      const ids = [...this.kept.keys()]
      const from = after === undefined ? 0 : ids.indexOf(after) + 1
      return ids.slice(from, from + limit).map((id) => ({ id, letter: this.kept.get(id)! }))
    },
    peek: async (id: string) => {
      const kept = this.kept.get(id)
      return kept && { id, letter: kept }
    },
    redrive: async (id: string) => this.#take('redrive', id),
    discard: async (id: string) => this.#take('discard', id),
  }

  readonly parked = {
    list: async () => [...this.blocked].map(([key, why]) => ({ key, events: 3, letter: why })),
    release: async (key: string, { skipFirst = false } = {}) => {
      this.#called(`${skipFirst ? 'skip' : 'release'} ${key}`)
      return this.blocked.delete(key)
    },
  }

  tell(signal: GroupSignal): void {
    for (const listener of this.#listeners) listener(signal)
  }

  #called(call: string): void {
    this.calls.push(call)
    if (this.isAway) throw new Error('the connection to Redis is closed')
  }

  #take(action: string, id: string): number {
    this.#called(`${action} ${id}`)
    if (!this.kept.delete(id)) throw new BusError('letter-unknown', { id })
    return 1
  }
}

export function shard(number: number, more: Partial<GroupShard> = {}): GroupShard {
  return {
    shard: number,
    lag: 0,
    pending: 0,
    deadLetters: 0,
    parkedKeys: 0,
    redelivered: 0,
    isHalted: false,
    ...more,
  }
}

export function letter(data: unknown = { total: 12 }, more: Partial<GroupLetter> = {}): GroupLetter {
  return {
    kind: 'failed',
    event: { specversion: '1.0', id: 'e-1', type: 'order.placed', source: 'shop', subject: 'o-1', data },
    handler: 'invoice',
    attempts: 3,
    deliveries: 1,
    redrives: 0,
    firstAt: 1_000,
    at: 2_000,
    error: { name: 'TypeError', message: 'no total', code: 'E_TOTAL' },
    ...more,
  }
}
