/**
 * Tells who waits for news in a shard: whoever adds to a log rings. `idle` is forgotten with it, so a busy shard costs one
 * look at a key that is not there. Who may not publish is not heard, and that is all.
 */
export const RING = `
local function ring(idle, log)
  local channels = redis.call('HVALS', idle)
  if #channels == 0 then return end
  redis.call('DEL', idle)
  for _, channel in ipairs(channels) do redis.pcall('PUBLISH', channel, log) end
end
`
