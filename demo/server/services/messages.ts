import type { MemberStatus, ShardStatus } from '@heliobus/redis'
import type { RemoteModule } from '../../src/modules/delegate.ts'
import type { ServiceName } from '../../src/modules/service-names.ts'

/** What a worker is to do. */
export interface WorkerTask {
  readonly service: ServiceName
  /** Of Redis. */
  readonly url: string
  readonly namespace: string
  readonly isMailDown: boolean
}

/** What a worker tells its supervisor. */
export type WorkerMessage =
  | { readonly type: 'ready' }
  /** It is done with them; told before Redis is. */
  | { readonly type: 'handled'; readonly ids: readonly string[] }
  | { readonly type: 'report'; readonly report: WorkerReport }
  /** To the question with this number. */
  | { readonly type: 'answer'; readonly number: number; readonly answer: GroupAnswer }

/** How a worker fares, and its group as Redis knows it. */
export interface WorkerReport {
  readonly owned: MemberStatus['shards']
  /** Since it was started. */
  readonly redelivered: number
  readonly module: RemoteModule
  readonly group: readonly ShardStatus[]
}

/** What a worker is told. */
export type WorkerOrder =
  /** The first that it is told. Not on the command line, which others can read. */
  | { readonly type: 'task'; readonly task: WorkerTask }
  | { readonly type: 'mail'; readonly isDown: boolean }
  /** Gives the dead letters of its group to their handlers once more. */
  | { readonly type: 'redrive' }
  | { readonly type: 'ask'; readonly number: number; readonly question: GroupQuestion }

/** What may be asked about a group: a member of `ConsumerGroup`, and what that is given. */
export type GroupQuestion =
  | { readonly about: 'list'; readonly filter: { readonly after?: string; readonly limit?: number } }
  | { readonly about: 'peek' | 'redrive' | 'discard'; readonly letter: string }
  | { readonly about: 'inspect' }
  | { readonly about: 'parked' }
  | { readonly about: 'release'; readonly key: string; readonly skipFirst: boolean }

export type GroupAnswer =
  /** Absent: `undefined`, which JSON has not. */
  | { readonly value?: unknown }
  | { readonly failure: { readonly message: string; readonly code: string | undefined } }
