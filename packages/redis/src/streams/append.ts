import type { Commands } from './commands.ts'
import { FIELDS } from './entry.ts'
import type { ShardKeys } from './keys.ts'
import { numberOf } from './replies.ts'
import { RING } from './ring.ts'
import { run, type Script, script } from './script.ts'

/** An event on its way into a log. */
export interface Addition {
  /** An event whose id has been added lately is not added again. */
  readonly id: string
  readonly body: string
}

/** KEYS: log, born, idle, a dedup key for each event. ARGV: how long to remember an id (ms), a name if the log begins now, the link, events. */
export const append: Script = script(`${RING}
redis.call('SET', KEYS[2], ARGV[2], 'NX')
local added = 0
for index = 4, #KEYS do
  if redis.call('SET', KEYS[index], '1', 'NX', 'PX', ARGV[1]) then
    redis.call('XADD', KEYS[1], '*', '${FIELDS.event}', ARGV[index], '${FIELDS.from}', ARGV[3])
    added = added + 1
  end
end
if added > 0 then ring(KEYS[3], KEYS[1]) end
return added
`)

/** Adds events to a log, in order, all or none; resolves to how many were new. */
export async function appendTo(
  commands: Commands,
  { log, born, idle, dedup }: ShardKeys,
  additions: readonly Addition[],
  { from, remembered }: { readonly from: string; readonly remembered: number },
): Promise<number> {
  const keys = [log, born, idle, ...additions.map(({ id }) => dedup(id))]
  const values = [remembered, crypto.randomUUID(), from, ...additions.map(({ body }) => body)]
  return numberOf(await run(commands, append, keys, values))
}
