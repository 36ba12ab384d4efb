/** Where it is said over Redis. */
export const CHANNEL = 'bench'

interface RedisServer {
  readonly url: string
  remove(): Promise<void>
}

interface Installed {
  readonly RedisServer: { create(): Promise<RedisServer> }
}

/** A Redis of its own, that keeps nothing. */
export async function startRedis(): Promise<RedisServer> {
  const installed: Installed = await import(
    new URL('../../../scripts/redis-server.mjs', import.meta.url).href
  )
  return installed.RedisServer.create()
}
