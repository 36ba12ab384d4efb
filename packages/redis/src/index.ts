/** Transports between processes, over Redis. */
export type { RedisClient, RedisCommand, RedisReply, RedisSession } from './client.ts'
export type { ConnectionLimits } from './connection.ts'
export { ioRedis, type IoRedisClient, type IoRedisCluster } from './io-redis.ts'
export { nodeRedis, type NodeRedisClient, type NodeRedisCluster } from './node-redis.ts'
export { redisPubSub } from './pub-sub.ts'
export type { PubSubLimits, RedisPubSubOptions } from './pub-sub-options.ts'
