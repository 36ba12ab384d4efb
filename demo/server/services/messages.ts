import type { MemberStatus, ShardStatus } from '@heliobus/redis'
import type { RemoteModule } from '../../src/modules/delegate.ts'
import type { ServiceName } from '../../src/modules/service-names.ts'

/** What a worker is started with, as JSON. */
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
  | { readonly type: 'mail'; readonly isDown: boolean }
  /** Gives the dead letters of its group to their handlers once more. */
  | { readonly type: 'redrive' }
