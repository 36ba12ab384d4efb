import { createHash } from 'node:crypto'
import type { RedisReply } from '../client.ts'
import { type Commands, replyCode } from './commands.ts'

/** A Lua script: all of it happens, or nothing, and nobody else comes between. */
export interface Script {
  readonly text: string
  readonly sha: string
}

export function script(text: string): Script {
  return { text, sha: createHash('sha1').update(text).digest('hex') }
}

/** The first key says where. The text travels only when the server does not know it yet. */
export async function run(
  commands: Commands,
  { sha, text }: Script,
  keys: readonly string[],
  values: readonly (string | number)[],
): Promise<RedisReply> {
  const key = keys[0]!
  const rest = [String(keys.length), ...keys, ...values.map(String)]
  try {
    return await commands.send(['EVALSHA', sha, ...rest], { key })
  } catch (error) {
    if (replyCode(error) !== 'NOSCRIPT') throw error
    return commands.send(['EVAL', text, ...rest], { key })
  }
}
