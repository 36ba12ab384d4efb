import type { RedisClient, RedisCommand, RedisSession } from '../src/index.ts'

/** A text with one part changed, which must be in there. */
export function replaced(text: string, what: string | RegExp, by: string): string {
  const other = text.replace(what, by)
  if (other === text) throw new Error('the mutant changes nothing')
  return other
}

/** A client that runs other texts than it is told to, by the hash of what it is told. `answered` hears of each script. */
export function withTexts(
  client: RedisClient,
  texts: ReadonlyMap<string, string>,
  answered: (sha: string) => void = () => undefined,
): RedisClient {
  return { ...client, open: (ended) => changing(client.open(ended), texts, answered) }
}

function changing(
  session: RedisSession,
  texts: ReadonlyMap<string, string>,
  answered: (sha: string) => void,
): RedisSession {
  return {
    ...session,
    async send(command: RedisCommand, key) {
      const [name, sha = '', ...rest] = command
      const text = name === 'EVALSHA' ? texts.get(sha) : undefined
      const reply = await session.send(text === undefined ? command : ['EVAL', text, ...rest], key)
      answered(sha)
      return reply
    },
  }
}
