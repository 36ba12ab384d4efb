import type { RedisClient, RedisSession } from '../../src/index.ts'
import { ENTRY } from '../../src/hub/history-entry.ts'
import { append } from '../../src/hub/history-scripts.ts'
import { replaced, withTexts } from '../other-scripts.ts'

/**
 * Ways to break a mechanism from outside, to see that a test notices. `forgetful`: nobody asks which events of a session are
 * in. `insistent`: a call that is repeated is carried out again. `early` breaks nothing: the clock of Redis is an hour ahead.
 */
export type Mutant = 'forgetful' | 'insistent' | 'early'

const changes: Readonly<Record<Mutant, (text: string) => string>> = {
  forgetful: (text) => replaced(text, 'if not sequence or mark(from) < sequence then', 'if true then'),
  insistent: (text) => replaced(text, 'if mark(ARGV[2]) >= number then return 0 end', ''),
  early: (text) => replaced(text, "('TIME')", "('TIME') time[1] = tostring(time[1] + 3600)"),
}

/** A client that runs another script; without a mutant it is as good as any. */
export function mutated(client: RedisClient, mutant: Mutant | undefined): RedisClient {
  return mutant === undefined
    ? client
    : withTexts(client, new Map([[append.sha, changes[mutant](append.text)]]))
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
