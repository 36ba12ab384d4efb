/** One history for several WebSocket hubs, in Redis. */
export { openRedisHistory, type RedisHistory } from './redis-history.ts'
export type { RedisHistoryLimits, RedisHistoryOptions } from './history-options.ts'
