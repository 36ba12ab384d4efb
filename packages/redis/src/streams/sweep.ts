import type { Commands } from './commands.ts'
import type { ShardKeys } from './keys.ts'
import { listOf, numberOf, textOf } from './replies.ts'
import { run, type Script, script } from './script.ts'
import { CONSUMER } from './tenure-scripts.ts'

/** How a group stands with the oldest that it has not handled. */
export interface SweptGroup {
  readonly group: string
  /** How much of the time that events are kept has passed over it; 0 when there is nothing. */
  readonly share: number
  /** How many it was too late for; they are its dead letters now. */
  readonly expired: number
}

const PAGE = 200

/**
 * KEYS: log, swept. ARGV: how long events are kept (ms), for how long nobody else needs to look (ms, or 0), what the names
 * of dead letters begin with, how many entries in one go. Nothing is removed before each group that has not handled it has it
 * as a dead letter. `false`: somebody has looked lately. Else whether there is more, and the groups.
 */
export const sweepScript: Script = script(`
if ARGV[2] ~= '0' and not redis.call('SET', KEYS[2], '1', 'NX', 'PX', ARGV[2]) then return false end
local time = redis.call('TIME')
local now, kept, page = time[1] * 1000 + math.floor(time[2] / 1000), tonumber(ARGV[1]), tonumber(ARGV[4])
local cutoff = string.format('%.0f', now - kept)
local function ms(id) return tonumber(string.match(id, '^%d+')) end
local function expire(group, entry, deliveries)
  local id, body, retries = entry[1], '', nil
  for index = 1, #entry[2], 2 do if entry[2][index] == 'e' then body = entry[2][index + 1] end end
  if not pcall(cjson.decode, body) then body = cjson.encode(body) end
  redis.call('XADD', ARGV[3] .. group, '*', 'l', table.concat({
    '{"kind":"expired","event":', body, ',"stream":', cjson.encode(KEYS[1]), ',"position":"', id,
    '","group":', cjson.encode(group), ',"attempts":0,"deliveries":', string.format('%.0f', deliveries),
    ',"redrives":0,"firstAt":', string.format('%.0f', ms(id)), ',"at":', string.format('%.0f', now),
    ',"error":{"name":"Expired","message":"it was older than events are kept before the group had handled it"}',
    ',"fence":0,"member":""}'}))
end
local more, groups = 0, {}
for _, info in ipairs(redis.call('EXISTS', KEYS[1]) == 1 and redis.call('XINFO', 'GROUPS', KEYS[1]) or {}) do
  local facts = {}
  for index = 1, #info, 2 do facts[info[index]] = info[index + 1] end
  local group, expired = facts['name'], 0
  for _, row in ipairs(redis.call('XPENDING', KEYS[1], group, '-', '(' .. cutoff, page)) do
    local entry = redis.call('XRANGE', KEYS[1], row[1], row[1])[1]
    if entry then expire(group, entry, row[4]); expired = expired + 1 end
    redis.call('XACK', KEYS[1], group, row[1])
  end
  local late = redis.call('XRANGE', KEYS[1], '(' .. facts['last-delivered-id'], '(' .. cutoff, 'COUNT', page)
  if #late > 0 then
    redis.call('XREADGROUP', 'GROUP', group, '${CONSUMER}', 'COUNT', #late, 'NOACK', 'STREAMS', KEYS[1], '>')
    for _, entry in ipairs(late) do expire(group, entry, 0) end
    expired = expired + #late
  end
  if expired >= page then more = 1 end
  local first = redis.call('XPENDING', KEYS[1], group, '-', '+', 1)[1]
  local last = redis.call('XINFO', 'GROUPS', KEYS[1])
  for _, again in ipairs(last) do if again[2] == group then last = again[8] end end
  first = first and first[1] or (redis.call('XRANGE', KEYS[1], '(' .. last, '+', 'COUNT', 1)[1] or {})[1]
  local share = first and (now - ms(first)) / kept or 0
  redis.call('XTRIM', ARGV[3] .. group, 'MINID', cutoff)
  groups[#groups + 1] = {group, string.format('%.4f', share), expired}
end
if more == 0 then redis.call('XTRIM', KEYS[1], 'MINID', cutoff) end
return {more, groups}
`)

export interface SweepOptions {
  readonly retention: number
  /** `false` when it goes on where it was interrupted. */
  readonly isFirst: boolean
  readonly every: number
}

/** Removes what is too old from a shard; `undefined` when somebody else has done so lately. */
export async function sweep(
  commands: Commands,
  { log, swept }: ShardKeys,
  { retention, isFirst, every }: SweepOptions,
): Promise<{ readonly isDone: boolean; readonly groups: readonly SweptGroup[] } | undefined> {
  const dead = `${log.slice(0, -':log'.length)}:dead:`
  const rest = isFirst ? Math.max(1, Math.floor(every * 0.9)) : 0
  const reply = await run(commands, sweepScript, [log, swept], [retention, rest, dead, PAGE])
  if (reply === null) return undefined
  const [more, groups] = listOf(reply)
  return { isDone: more === 0, groups: listOf(groups).map(toGroup) }
}

function toGroup(reply: unknown): SweptGroup {
  const [group, share, expired] = listOf(reply)
  return { group: textOf(group), share: numberOf(share), expired: numberOf(expired) }
}
