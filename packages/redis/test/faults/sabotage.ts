import type { RedisClient, RedisCommand, RedisSession } from '../../src/index.ts'

/**
 * Ways to break a mechanism from outside, to see that a test notices: `uncounted` numbers nothing that it sends; `deaf` comes
 * back without a subscription; `insistent` sends everything a second time, as clients do that resend what was not answered;
 * `hasty` takes what is sent for answered.
 */
export type Mutant = 'uncounted' | 'deaf' | 'insistent' | 'hasty'

/** A client that breaks one mechanism; without a mutant it is as good as any. */
export function sabotaged(client: RedisClient, mutant: Mutant | undefined): RedisClient {
  let subscriptions = 0
  return {
    ...client,
    open: (ended) => tampering(client.open(ended), mutant),
    subscribe(channel, hear, ended) {
      const isDeaf = mutant === 'deaf' && subscriptions++ > 0
      return isDeaf ? client.open(ended) : client.subscribe(channel, hear, ended)
    },
  }
}

function tampering(session: RedisSession, mutant: Mutant | undefined): RedisSession {
  return {
    ...session,
    async send(command, key) {
      if (mutant === 'insistent' && command[0] === 'PUBLISH') await session.send(command, key)
      if (mutant === 'hasty' && command[0] === 'PUBLISH') {
        session.send(command, key).catch(() => undefined)
        return 0
      }
      return session.send(mutant === 'uncounted' ? withoutCount(command) : command, key)
    },
  }
}

function withoutCount([name, ...rest]: RedisCommand): RedisCommand {
  return [name, ...rest.map((text) => text.replace(/"sent":\d+/, '"sent":0'))]
}
