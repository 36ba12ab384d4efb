import type { Draft } from '@heliobus/websocket/hub'
import type { Commands } from '../streams/commands.ts'
import { listOf, numberOf, textOf } from '../streams/replies.ts'
import { run, type Script, script } from '../streams/script.ts'
import { ENTRY } from './history-entry.ts'
import type { HistoryKeys } from './history-keys.ts'

/** How far the history is, as Redis knows it. */
export interface State {
  readonly epoch: string
  /** Of the newest entry, 0 when there was none. */
  readonly last: number
  readonly stamp: string
}

/** The same, with the number of the last entry of a name. */
export interface Marked extends State {
  readonly mark: number
}

/** Begins a history if there is none, or only a part of one is left. KEYS: log, state, marks, used. ARGV: an epoch for it. */
const BEGUN = `
if redis.call('HEXISTS', KEYS[2], 'last') == 0 or redis.call('XLEN', KEYS[1]) == 0 then
  if redis.call('HGET', KEYS[2], 'last') ~= '0' then
    redis.call('DEL', KEYS[1], KEYS[2], KEYS[3], KEYS[4])
    redis.call('HSET', KEYS[2], 'epoch', ARGV[1], 'last', 0, 'stamp', '')
  end
end`

/** ARGV: epoch, a name. Answers with the state, and the mark of that name. */
export const look: Script = script(`${BEGUN}
local state = redis.call('HMGET', KEYS[2], 'epoch', 'last', 'stamp')
state[4] = redis.call('HGET', KEYS[3], ARGV[2]) or '0'
return state
`)

/**
 * Appends what is not in there, all or none. ARGV: epoch, who appends, the number of the call, entries kept, names kept, how
 * long a name is kept (ms), topic, text, from and sequence of each entry. A call is carried out once, whoever repeats it, and so
 * is an entry with a sequence, over whichever hub it comes. The stamp is the time by the clock of Redis. Answers with how many
 * names were forgotten before their time.
 */
export const append: Script = script(`${BEGUN}
local marks = {}
local function mark(name)
  marks[name] = marks[name] or tonumber(redis.call('HGET', KEYS[3], name) or 0)
  return marks[name]
end
local number = tonumber(ARGV[3])
if mark(ARGV[2]) >= number then return 0 end
marks[ARGV[2]] = number

local time = redis.call('TIME')
local stamp = time[1] .. string.rep('0', 6 - #time[2]) .. time[2]
local last, before = unpack(redis.call('HMGET', KEYS[2], 'last', 'stamp'))
for index = 7, #ARGV, 4 do
  local from, sequence = ARGV[index + 2], tonumber(ARGV[index + 3])
  if not sequence or mark(from) < sequence then
    if sequence then marks[from] = sequence end
    last = redis.call('HINCRBY', KEYS[2], 'last', 1)
    redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[4], string.format('%.0f-%s', last, stamp),
      '${ENTRY.topic}', ARGV[index], '${ENTRY.text}', ARGV[index + 1],
      '${ENTRY.from}', from, '${ENTRY.sequence}', ARGV[index + 3], '${ENTRY.before}', before)
    before = stamp
  end
end
redis.call('HSET', KEYS[2], 'stamp', before)

local now = time[1] * 1000
for name, value in pairs(marks) do
  redis.call('HSET', KEYS[3], name, value)
  redis.call('ZADD', KEYS[4], now, name)
end
local function forget(names)
  if #names == 0 then return end
  redis.call('ZREM', KEYS[4], unpack(names))
  redis.call('HDEL', KEYS[3], unpack(names))
end
forget(redis.call('ZRANGE', KEYS[4], '-inf', now - ARGV[6], 'BYSCORE', 'LIMIT', 0, 100))
local over = redis.call('ZCARD', KEYS[4]) - ARGV[5]
if over <= 0 then return 0 end
local names = redis.call('ZRANGE', KEYS[4], 0, math.min(over, 1000) - 1)
forget(names)
return #names
`)

/** What a history keeps in Redis at most. */
export interface Bounds {
  readonly events: number
  readonly sessions: number
  /** In ms. */
  readonly sessionFor: number
}

/** One call of a writer, which numbers them from 1. */
export interface Call {
  readonly writer: string
  readonly number: number
  readonly drafts: readonly Draft[]
}

/** Does nothing when the same call has been carried out before. Resolves to how many names were forgotten before their time. */
export async function appendTo(
  commands: Commands,
  keys: HistoryKeys,
  { writer, number, drafts }: Call,
  { events, sessions, sessionFor }: Bounds,
): Promise<number> {
  const entries = drafts.flatMap(({ topic, text, from, sequence = '' }) => [topic, text, from, sequence])
  const values = [crypto.randomUUID(), writer, number, events, sessions, sessionFor, ...entries]
  return numberOf(await run(commands, append, namesOf(keys), values))
}

/** How far the history is, and the number of the last entry of a name. Begins a history if there is none. */
export async function lookAt(commands: Commands, keys: HistoryKeys, name = ''): Promise<Marked> {
  const reply = await run(commands, look, namesOf(keys), [crypto.randomUUID(), name])
  const [epoch, last, stamp, mark] = listOf(reply)
  return { epoch: textOf(epoch), last: numberOf(last), stamp: textOf(stamp), mark: numberOf(mark) }
}

function namesOf({ log, state, marks, used }: HistoryKeys): readonly string[] {
  return [log, state, marks, used]
}
