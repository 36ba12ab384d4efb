import type { Table } from './table.ts'

/** In the order in which they are run and shown. Each is loaded when it is run: what others import can slow it down. */
export const tables = {
  exact: async (): Promise<Table> => (await import('./tables/exact.ts')).exact,
  handlers: async (): Promise<Table> => (await import('./tables/handlers.ts')).handlers,
  schema: async (): Promise<Table> => (await import('./tables/schema.ts')).schema,
  wildcards: async (): Promise<Table> => (await import('./tables/wildcards.ts')).wildcards,
  churn: async (): Promise<Table> => (await import('./tables/churn.ts')).churn,
  subscriptions: async (): Promise<Table> => (await import('./tables/subscriptions.ts')).subscriptions,
  topics: async (): Promise<Table> => (await import('./tables/topics.ts')).topics,
  tap: async (): Promise<Table> => (await import('./tables/tap.ts')).tap,
  async: async (): Promise<Table> => (await import('./tables/async.ts')).asynchronous,
  drain: async (): Promise<Table> => (await import('./tables/drain.ts')).drain,
  channel: async (): Promise<Table> => (await import('./tables/channel.ts')).channel,
  websocket: async (): Promise<Table> => (await import('./tables/websocket.ts')).websocket,
  log: async (): Promise<Table> => (await import('./tables/log.ts')).log,
  redis: async (): Promise<Table> => (await import('./tables/redis.ts')).redis,
  streams: async (): Promise<Table> => (await import('./tables/streams.ts')).streams,
  panel: async (): Promise<Table> => (await import('./tables/panel.ts')).panel,
  size: async (): Promise<Table> => (await import('./tables/size.ts')).size,
}

export type TableName = keyof typeof tables

export function isTableName(name: string): name is TableName {
  return name in tables
}
