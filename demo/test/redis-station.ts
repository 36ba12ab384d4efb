import { RedisServer } from '../../scripts/redis-server.mjs'
import { test as base } from './station.ts'

/** The station runs its services over a Redis of the test's own. */
export const test = base.extend({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads what a fixture needs from the pattern
  async redis({}, use) {
    const redis = await RedisServer.create({ appendonly: 'yes' })
    await use(redis)
    await redis.remove()
  },
})

/** Whether there is such a process. */
export function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
