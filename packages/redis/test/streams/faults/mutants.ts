import { type Clock, systemClock } from '@heliobus/core'
import type { RedisClient } from '../../../src/index.ts'
import { append } from '../../../src/streams/append.ts'
import { sweepScript } from '../../../src/streams/sweep.ts'
import * as scripts from '../../../src/streams/tenure-scripts.ts'
import { replaced, withTexts } from '../../other-scripts.ts'

/**
 * Ways to break a mechanism from outside, to see that a test notices. `hasty`: entries count as acknowledged when they are
 * read. `forgetful`: nobody looks after what is pending. `lawless`: nobody asks for the lease, not even the clock. `uncounted`:
 * who is handed out is not noted. `double`: what is added twice is there twice. `torn`: a dead letter is added in one step,
 * and its event acknowledged in another that never comes. `abrupt`: closing does not wait for the handlers. `nameless`: who
 * has begun an event is not noted, so nobody can tell whether that one lives. `careless`: what is too old is removed, and not
 * kept as a dead letter. `unworried`: nobody is late. `trusting`: a log that began anew is taken for the old one. `headstrong`:
 * it goes by its own clock, which is eight days ahead.
 */
export type Mutant =
  | 'hasty'
  | 'forgetful'
  | 'lawless'
  | 'uncounted'
  | 'double'
  | 'torn'
  | 'abrupt'
  | 'nameless'
  | 'careless'
  | 'unworried'
  | 'trusting'
  | 'headstrong'

/** In seconds. */
const AHEAD = 8 * 24 * 60 * 60

const changes: Readonly<Partial<Record<Mutant, (text: string) => string>>> = {
  hasty: (text) =>
    text === scripts.read.text ? replaced(text, "'COUNT', asked", "'COUNT', asked, 'NOACK'") : text,
  forgetful: (text) => (text === scripts.pending.text ? 'return {}' : text),
  lawless: (text) => text.replace(scripts.LEASED, ''),
  uncounted: (text) => (text === scripts.handOut.text ? 'return 1' : text),
  double: (text) =>
    text === append.text
      ? replaced(text, /if redis\.call\('SET', KEYS\[index\].*then/u, 'if true then')
      : text,
  nameless: (text) =>
    text === scripts.handOut.text ? replaced(text, 'ARGV[5], 0', `'${scripts.CONSUMER}', 0`) : text,
  careless: (text) =>
    text === sweepScript.text
      ? replaced(text, /local function expire[\s\S]*?\nend/u, 'local function expire() end')
      : text,
  unworried: (text) =>
    text === sweepScript.text ? replaced(text, /local share = .*/u, 'local share = 0') : text,
  trusting: (text) => {
    if (text === scripts.renew.text) return replaced(text, "redis.call('GET', KEYS[2]) or ''", "'same'")
    return text === scripts.found.text ? replaced(text, "redis.call('GET', KEYS[2])", "'same'") : text
  },
  headstrong: (text) =>
    text.replace("redis.call('TIME')", `{'${Math.floor(Date.now() / 1_000) + AHEAD}', '0'}`),
  torn: (text) => (text === scripts.bury.text ? replaced(text, /if redis.call\('XACK'.*\n/u, '') : text),
}

/** The texts that a mutant has in place of ours, by the hash of ours. */
function textsOf(mutant: Mutant): ReadonlyMap<string, string> {
  const change = changes[mutant] ?? ((text: string) => text)
  return new Map([append, sweepScript, ...Object.values(scripts)].flatMap((one) => entryOf(one, change)))
}

function entryOf(one: unknown, change: (text: string) => string): [string, string][] {
  if (typeof one !== 'object' || one === null || !('sha' in one) || !('text' in one)) return []
  const text = String(one.text)
  const other = change(text)
  return other === text ? [] : [[String(one.sha), other]]
}

/** A client that runs other scripts; without a mutant it is as good as any. `answered` hears of each that was answered. */
export function mutated(
  client: RedisClient,
  mutant: Mutant | undefined,
  answered?: (sha: string) => void,
): RedisClient {
  return withTexts(client, mutant === undefined ? new Map() : textsOf(mutant), answered)
}

/** For the lawless: the end of a lease never comes. */
export function clockOf(mutant: Mutant | undefined, lease: number): Clock {
  if (mutant !== 'lawless') return systemClock
  return {
    ...systemClock,
    setTimeout: (run, ms) => (ms > lease * 0.6 && ms <= lease ? 0 : systemClock.setTimeout(run, ms)),
  }
}
