import type { RedisClient, RedisSession } from '../../src/index.ts'
import { ENTRY } from '../../src/hub/history-entry.ts'
import { append, look } from '../../src/hub/history-scripts.ts'
import { replaced, withTexts } from '../other-scripts.ts'

/**
 * Ways to break a mechanism from outside, to see that a test notices. `careless`: what is in already is appended again.
 * `forgetful`: so it is, and a client that comes is told that nothing is in. `insistent`: a call that is repeated is carried out
 * again. `deaf`: who connects anew hears nothing of what is appended. `early` breaks nothing: the clock of Redis is an hour
 * ahead.
 */
export type Mutant = 'careless' | 'forgetful' | 'insistent' | 'deaf' | 'early'

const forgetful = replaced(append.text, 'if not sequence or mark(from) < sequence then', 'if true then')
const changes: Readonly<Record<Mutant, readonly (readonly [sha: string, text: string])[]>> = {
  forgetful: [
    [append.sha, forgetful],
    [look.sha, replaced(look.text, "redis.call('HGET', KEYS[3], ARGV[2])", 'nil')],
  ],
  insistent: [[append.sha, replaced(append.text, 'if mark(ARGV[2]) >= number then return 0 end', '')]],
  careless: [[append.sha, forgetful]],
  deaf: [],
  early: [[append.sha, replaced(append.text, "('TIME')", "('TIME') time[1] = tostring(time[1] + 3600)")]],
}

/** A client that runs other scripts; without a mutant it is as good as any. */
export function mutated(client: RedisClient, mutant: Mutant | undefined): RedisClient {
  if (mutant === undefined) return client
  return mutant === 'deaf' ? deaf(client) : withTexts(client, new Map(changes[mutant]))
}

function deaf(client: RedisClient): RedisClient {
  let isAnew = false
  return {
    ...client,
    open(ended) {
      const session = client.open((error) => {
        isAnew = true
        ended(error)
      })
      const send: RedisSession['send'] = (command, key) =>
        isAnew && command[0] === 'XREAD' ? new Promise(() => undefined) : session.send(command, key)
      return { ...session, send }
    },
  }
}

/** A client by whose account every entry follows on the one before. */
export function trusting(client: RedisClient): RedisClient {
  return { ...client, open: (ended) => flattering(client.open(ended)) }
}

type Found = readonly [id: string, fields: string[]]

function flattering(session: RedisSession): RedisSession {
  return {
    ...session,
    async send(command, key) {
      const reply = await session.send(command, key)
      if (command[0] !== 'XREAD' || reply === null) return reply
      const [[, found]] = reply as readonly [readonly [string, readonly Found[]]]
      let before = command.at(-1)!
      for (const [id, fields] of found) {
        fields[fields.indexOf(ENTRY.before) + 1] = before.split('-')[1]!
        before = id
      }
      return reply
    },
  }
}
