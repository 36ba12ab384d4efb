import type { Table } from './table.ts'
import { asynchronous } from './tables/async.ts'
import { channel } from './tables/channel.ts'
import { churn } from './tables/churn.ts'
import { exact } from './tables/exact.ts'
import { handlers } from './tables/handlers.ts'
import { schema } from './tables/schema.ts'
import { size } from './tables/size.ts'
import { subscriptions } from './tables/subscriptions.ts'
import { tap } from './tables/tap.ts'
import { topics } from './tables/topics.ts'
import { wildcards } from './tables/wildcards.ts'

/** In the order in which they are run and shown. */
export const tables: readonly Table[] = [
  exact,
  handlers,
  schema,
  wildcards,
  churn,
  subscriptions,
  topics,
  tap,
  asynchronous,
  channel,
  size,
]
