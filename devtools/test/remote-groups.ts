import type {
  BusEvent,
  GroupAction,
  GroupOutcome,
  GroupReport,
  LetterReport,
  RemoteAnswer,
  RemoteGroups,
  ShardReport,
} from '@heliobus/core'
import { event } from './signals.ts'

/** A shard that is well, but for what a test cares for. */
export function shard(number: number, more: Partial<ShardReport> = {}): ShardReport {
  return {
    shard: number,
    owner: 'm-1',
    fence: 1,
    lag: 0,
    pending: 0,
    age: undefined,
    deadLetters: 0,
    parkedKeys: 0,
    redelivered: 0,
    isHalted: false,
    ...more,
  }
}

export function report(shards: readonly ShardReport[], more: Partial<GroupReport> = {}): GroupReport {
  return { name: 'billing', retention: 100_000, failure: '', shards, ...more }
}

/** A group far away that writes down what is asked of it. */
export class FakeRemoteGroups implements RemoteGroups {
  readonly calls: string[] = []
  readonly kept = new Map<string, LetterReport>()
  mayAct = true
  /** Unless it is set: one shard, with the letters that there are. */
  report: GroupReport | undefined = undefined
  missing: string | undefined = undefined
  stopsAfter = Number.POSITIVE_INFINITY

  bury(id: string, about: BusEvent = event(id, 'order.placed')): void {
    this.kept.set(id, {
      id,
      kind: 'failed',
      event: about,
      handler: 'invoice',
      attempts: 3,
      deliveries: 1,
      redrives: 0,
      firstAt: 1,
      at: 2,
      error: new Error('no total'),
    })
  }

  async look(): ReturnType<RemoteGroups['look']> {
    this.calls.push('look')
    if (this.missing !== undefined) return { missing: this.missing }
    const own = this.report ?? report([shard(0, { deadLetters: this.kept.size })])
    return { mayAct: this.mayAct, groups: [own] }
  }

  async letters(_: string, after?: string): ReturnType<RemoteGroups['letters']> {
    this.calls.push(`letters after ${after}`)
    const all = [...this.kept.values()]
    const from = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1
    return { letters: all.slice(from, from + 50), more: all.length > from + 50 }
  }

  async pull(_: string, letter: string): ReturnType<RemoteGroups['pull']> {
    this.calls.push(`pull ${letter}`)
    return { data: { of: letter } }
  }

  async parked(): ReturnType<RemoteGroups['parked']> {
    return { keys: [], leftOut: 0 }
  }

  async act(action: GroupAction, _: string, which: readonly string[]): Promise<RemoteAnswer<GroupOutcome>> {
    this.calls.push(`${action} ${which.length}`)
    const begun = which.slice(0, this.stopsAfter)
    const done = begun.filter((id) => this.kept.delete(id)).length
    const failure = begun.length < which.length ? 'Redis is away' : ''
    return { done, gone: begun.length - done, failure }
  }
}
