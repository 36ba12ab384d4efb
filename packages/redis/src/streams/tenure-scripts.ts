import { type Script, script } from './script.ts'

/** Every script of an owner begins with it: who has lost the lease reads nothing, and changes nothing. */
export const LEASED = `if redis.call('GET', KEYS[1]) ~= ARGV[1] then return false end`

/**
 * Who reads, in each group: whoever owns a shard is it, and so finds what the owner before has left behind. Only what is begun
 * once more goes by the name of who begins it.
 */
export const CONSUMER = 'owner'

/**
 * KEYS: lease, log, idle. ARGV: owner, group, how many entries, how many characters, a channel or nothing. Reads in pieces,
 * for only so it can stop in time. Whether there is no more, and the entries. When there is no more, the next one that is added
 * is told on the channel; without one, only an empty answer says that there is no more: what came meanwhile is asked for at once.
 */
export const read: Script = script(`
${LEASED}
local room, characters, piece, largest, entries, over = tonumber(ARGV[3]), tonumber(ARGV[4]), 4, 1, {}, 0
while room > 0 and characters > 0 do
  local asked = math.max(1, math.min(piece, room, math.floor(characters / largest)))
  local reply = redis.call('XREADGROUP', 'GROUP', ARGV[2], '${CONSUMER}', 'COUNT', asked, 'STREAMS', KEYS[2], '>')
  if not reply then over = 1 break end
  local some = reply[1][2]
  for _, entry in ipairs(some) do
    local size = #entry[2][2]
    characters, largest = characters - size, math.max(largest, size)
    entries[#entries + 1] = entry
  end
  room = room - #some
  if #some < asked then over = 1 break end
  piece = piece * 4
end
if ARGV[5] == '' then return {#entries == 0 and 1 or 0, entries} end
if over == 1 then redis.call('HSET', KEYS[3], ARGV[2], ARGV[5]) end
return {over, entries}
`)

/** KEYS: lease, log. ARGV: owner, group, after which id, how many entries, how many characters. Counts nothing as handed out. */
export const pending: Script = script(`
${LEASED}
local characters, found = tonumber(ARGV[5]), {}
for _, row in ipairs(redis.call('XPENDING', KEYS[2], ARGV[2], ARGV[3], '+', ARGV[4])) do
  local id, deliveries = row[1], row[4]
  local entry = redis.call('XRANGE', KEYS[2], id, id)[1]
  found[#found + 1] = {id, deliveries, row[2], entry and entry[2] or false}
  for _, text in ipairs(entry and entry[2] or {}) do characters = characters - #text end
  if characters <= 0 then break end
end
return found
`)

/** KEYS: lease, log. ARGV: owner, group, id, deliveries, member. */
export const handOut: Script = script(`
${LEASED}
redis.call('XCLAIM', KEYS[2], ARGV[2], ARGV[5], 0, ARGV[3], 'RETRYCOUNT', ARGV[4], 'JUSTID')
return 1
`)

/** KEYS: lease, log. ARGV: owner, group, ids. */
export const acknowledge: Script = script(`
${LEASED}
return redis.call('XACK', KEYS[2], ARGV[2], unpack(ARGV, 3))
`)

/** KEYS: lease, log, dead. ARGV: owner, group, id, letters. Once, however often it is asked for. */
export const bury: Script = script(`
${LEASED}
if redis.call('XACK', KEYS[2], ARGV[2], ARGV[3]) == 0 then return 0 end
for index = 4, #ARGV do redis.call('XADD', KEYS[3], '*', 'l', ARGV[index]) end
return 1
`)

/**
 * KEYS: lease, log, parked, the list of the key. ARGV: owner, group, id, key, entry, why. Without a why the key must be
 * blocked already: 0 when it is no longer.
 */
export const park: Script = script(`
${LEASED}
if ARGV[6] == '' and redis.call('HEXISTS', KEYS[3], ARGV[4]) == 0 then return 0 end
if redis.call('XACK', KEYS[2], ARGV[2], ARGV[3]) == 1 then redis.call('RPUSH', KEYS[4], ARGV[5]) end
if ARGV[6] ~= '' then redis.call('HSET', KEYS[3], ARGV[4], ARGV[6]) end
return 1
`)

/** KEYS: lease, parked. ARGV: owner, key, why. */
export const block: Script = script(`
${LEASED}
redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
return 1
`)

/** KEYS: lease, the list of the key. ARGV: owner. The first parked entry of a key. */
export const parkedFirst: Script = script(`
${LEASED}
return redis.call('LRANGE', KEYS[2], 0, 0)
`)

/** KEYS: lease, parked, the list of the key, dead. ARGV: owner, key, letters. How many of the key are left; with none it is free. */
export const unpark: Script = script(`
${LEASED}
redis.call('LPOP', KEYS[3])
for index = 3, #ARGV do redis.call('XADD', KEYS[4], '*', 'l', ARGV[index]) end
local left = redis.call('LLEN', KEYS[3])
if left == 0 then redis.call('HDEL', KEYS[2], ARGV[2]) end
return left
`)

/** KEYS: lease, born, parked. ARGV: owner, ms. The log's name, and what is parked. */
export const renew: Script = script(`
${LEASED}
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return {redis.call('GET', KEYS[2]) or '', redis.call('HGETALL', KEYS[3])}
`)

/** KEYS: lease. ARGV: owner. */
export const release: Script = script(`
${LEASED}
return redis.call('DEL', KEYS[1])
`)

/**
 * KEYS: lease, fence, log, born. ARGV: member, ms, group, where a new group begins, a name if the log begins now.
 * `false` while somebody else has it. A fence never falls, not even when Redis has lost everything: it follows the clock then. Of
 * members that have gone, and left nothing pending, no name is kept.
 */
export const claim: Script = script(`
if redis.call('EXISTS', KEYS[1]) == 1 then return false end
redis.call('SET', KEYS[4], ARGV[5], 'NX')
redis.pcall('XGROUP', 'CREATE', KEYS[3], ARGV[3], ARGV[4], 'MKSTREAM')
for _, info in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[3], ARGV[3])) do
  if info[2] ~= '${CONSUMER}' and info[4] == 0 then redis.call('XGROUP', 'DELCONSUMER', KEYS[3], ARGV[3], info[2]) end
end
local time = redis.call('TIME')
local fence = math.max(redis.call('INCR', KEYS[2]), time[1] * 1000 + math.floor(time[2] / 1000))
redis.call('SET', KEYS[2], string.format('%.0f', fence))
redis.call('SET', KEYS[1], ARGV[1] .. ':' .. string.format('%.0f', fence), 'NX', 'PX', ARGV[2])
return string.format('%.0f', fence)
`)

/** KEYS: log, born. ARGV: group, where it begins, a name if the log begins now. */
export const found: Script = script(`
redis.call('SET', KEYS[2], ARGV[3], 'NX')
redis.pcall('XGROUP', 'CREATE', KEYS[1], ARGV[1], ARGV[2], 'MKSTREAM')
return redis.call('GET', KEYS[2])
`)
