import type { GroupReport, ShardReport } from '@heliobus/core'

/** Something that is wrong with a group, in a plain sentence. */
export interface Trouble {
  readonly tone: 'error' | 'warn' | 'dead'
  readonly text: string
}

/** The sums over all shards of a group. */
export interface GroupTotals {
  /** How many members have shards. */
  readonly owners: number
  /** As far as it is known. */
  readonly lag: number
  /** False when that of a shard is not. */
  readonly isLagKnown: boolean
  readonly pending: number
  /** Of the oldest event of all, ms; `undefined` when nothing waits. */
  readonly age: number | undefined
  readonly redelivered: number
  readonly deadLetters: number
  readonly parkedKeys: number
}

export function totalsOf(shards: readonly ShardReport[]): GroupTotals {
  const sum = (of: (shard: ShardReport) => number): number =>
    shards.reduce((all, shard) => all + of(shard), 0)
  const ages = shards.flatMap(({ age }) => age ?? [])
  return {
    owners: new Set(shards.flatMap(({ owner }) => owner ?? [])).size,
    lag: sum(({ lag = 0 }) => lag),
    isLagKnown: shards.every(({ lag }) => lag !== undefined),
    pending: sum(({ pending }) => pending),
    age: ages.length === 0 ? undefined : Math.max(...ages),
    redelivered: sum(({ redelivered }) => redelivered),
    deadLetters: sum(({ deadLetters }) => deadLetters),
    parkedKeys: sum(({ parkedKeys }) => parkedKeys),
  }
}

/** What is wrong with a group, the gravest first; nothing when all is well. */
export function troublesOf(report: GroupReport): readonly Trouble[] {
  const { shards, failure, retention } = report
  const { age, parkedKeys, deadLetters } = totalsOf(shards)
  return [
    ...(failure === '' ? [] : [error(`It can't be asked how it is: ${failure}`)]),
    ...ownerless(shards),
    ...halted(shards),
    ...late(age, retention),
    ...(parkedKeys === 0 ? [] : [warn(`${counted(parkedKeys, 'key is', 'keys are')} kept back`)]),
    ...(deadLetters === 0 ? [] : [dead(`${counted(deadLetters, 'event was', 'events were')} given up`)]),
  ]
}

/** How long, in the largest unit that fits: `12 s`, `5 min`, `5 h`, `3 d`. */
export function ageText(ms: number): string {
  const steps = [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['min', 60_000],
    ['s', 1_000],
  ] as const
  for (const [unit, size] of steps) if (ms >= size) return `${Math.floor(ms / size)} ${unit}`
  return '<1 s'
}

/** The share of the time for which events are kept; `undefined` when they are kept for ever. */
export function shareOf(age: number | undefined, retention: number | undefined): number | undefined {
  return age === undefined || retention === undefined || retention === 0 ? undefined : age / retention
}

function ownerless(shards: readonly ShardReport[]): readonly Trouble[] {
  const without = shards.filter(({ owner }) => owner === undefined)
  if (without.length === 0) return []
  if (without.length === shards.length)
    return [error('No shard has an owner: no process of the group is running')]
  return [error(`${named(without)} ${without.length === 1 ? 'has' : 'have'} no owner`)]
}

function halted(shards: readonly ShardReport[]): readonly Trouble[] {
  const still = shards.filter(({ isHalted }) => isHalted)
  if (still.length === 0) return []
  return [
    error(`${named(still)} ${still.length === 1 ? 'stands' : 'stand'} still, because a handler gave up`),
  ]
}

function late(age: number | undefined, retention: number | undefined): readonly Trouble[] {
  const share = shareOf(age, retention)
  if (age === undefined || share === undefined || share < 0.5) return []
  const percent = Math.min(100, Math.floor(share * 100))
  const text = `The oldest unhandled event is ${ageText(age)} old: ${percent} % of the time that events are kept`
  return [share < 0.8 ? warn(text) : error(text)]
}

const SHOWN = 5

/** `Shard 3`, `Shards 1, 2 and 5`, `Shards 1, 2, 3, 4, 5 and 9 more`. */
function named(shards: readonly ShardReport[]): string {
  const numbers = shards.map(({ shard }) => String(shard))
  if (numbers.length === 1) return `Shard ${numbers[0]}`
  const isLong = numbers.length > SHOWN + 1
  const last = isLong ? `${numbers.length - SHOWN} more` : numbers.at(-1)
  return `Shards ${numbers.slice(0, isLong ? SHOWN : -1).join(', ')} and ${last}`
}

function counted(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`
}

function error(text: string): Trouble {
  return { tone: 'error', text }
}

function warn(text: string): Trouble {
  return { tone: 'warn', text }
}

function dead(text: string): Trouble {
  return { tone: 'dead', text }
}
