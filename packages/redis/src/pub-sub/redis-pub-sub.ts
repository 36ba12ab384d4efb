import { BusError, type Transport } from '@heliobus/core'
import { PubSubLink } from './pub-sub-link.ts'
import type { PubSubLimits, RedisPubSubOptions } from './pub-sub-options.ts'

/** Part of the channel's name: those who speak another version of the frame don't hear these. */
const VERSION = 'heliobus:1'

/**
 * All processes that reach the same Redis and use the same namespace. At most once: what is sent while somebody is away, or
 * too slow for Redis to wait for, is missed, and told as a gap. Sending is acknowledged when Redis has the events, whoever hears
 * them. Each link has two connections of its own, which come back by themselves; meanwhile the link is `lost`, and what is sent
 * waits. In a cluster the channel is a sharded one: it lives on one node. Throws `option-invalid`; opening rejects with
 * `redis-unreachable`.
 *
 * @example
 * const client = nodeRedis(createClient({ url: 'redis://localhost:6379' }))
 * await bridge(bus, redisPubSub({ client, namespace: 'shop' }), { send: ['**'] })
 */
export function redisPubSub(options: RedisPubSubOptions): Transport {
  const { namespace } = options
  if (namespace === '' || namespace.length > 200)
    throw new BusError('option-invalid', { option: 'namespace', reason: 'must have 1 to 200 characters' })
  checkLimits(options.limits)
  return {
    name: `redis:${namespace}`,
    traits: { ordered: true, durable: false, acknowledges: true, zone: 'network', reconnects: true },
    async open(port) {
      const link = new PubSubLink(port, `${VERSION}:${namespace}`, options)
      await link.open()
      return link
    },
  }
}

function checkLimits(limits: PubSubLimits = {}): void {
  for (const [name, value] of Object.entries(limits))
    if (!Number.isFinite(value) || value <= 0)
      throw new BusError('option-invalid', {
        option: `limits.${name}`,
        reason: `must be above 0, not ${value}`,
      })
}
