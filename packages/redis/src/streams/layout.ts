import { BusError } from '@heliobus/core'
import type { Commands } from './commands.ts'
import { metaKey } from './keys.ts'
import { fieldsOf, listOf, numberOf, textOf } from './replies.ts'

/** Writes down how many shards there are, or compares. Throws `option-invalid` when there are others. */
export async function agreeOnShards(commands: Commands, prefix: string, shards: number): Promise<void> {
  const key = metaKey(prefix)
  await commands.send(['HSETNX', key, 'shards', String(shards)], { key })
  const known = numberOf(await commands.send(['HGET', key, 'shards'], { key }))
  if (known === shards) return
  const reason = `is ${shards}, but "${prefix}" has ${known} of them; another number would break the order of keys`
  throw new BusError('option-invalid', { option: 'shards', reason })
}

const OLDEST = 7

/** A setting with which Redis may lose what it has accepted. */
export interface Warning {
  readonly type: 'warning'
  readonly detail: string
}

/** Throws `option-invalid` for a Redis that is too old; warns of settings with which it may lose what it has accepted. */
export async function checkServer(commands: Commands, tell: (warning: Warning) => void): Promise<void> {
  const version = /^redis_version:(\d+)\.(\d+)/mu.exec(textOf(await commands.send(['INFO', 'server'])))
  if (version !== null && Number(version[1]) < OLDEST) {
    const reason = `is connected to Redis ${version[1]}.${version[2]}; ${OLDEST}.0 or newer is needed`
    throw new BusError('option-invalid', { option: 'client', reason })
  }
  for (const [name, wanted, why] of settings) {
    const value = await settingOf(commands, name)
    if (value !== undefined && value !== wanted)
      tell({ type: 'warning', detail: `Redis has ${name} ${value}, not ${wanted}: ${why}` })
  }
}

const settings = [
  ['appendonly', 'yes', 'what it has accepted is lost when it ends'],
  ['maxmemory-policy', 'noeviction', 'it may drop streams and leases when memory is short'],
] as const

/** Where `CONFIG` is not allowed, nobody knows. */
async function settingOf(commands: Commands, name: string): Promise<string | undefined> {
  try {
    const value = fieldsOf(listOf(await commands.send(['CONFIG', 'GET', name]))).get(name)
    return value === undefined ? undefined : textOf(value)
  } catch {
    return undefined
  }
}
