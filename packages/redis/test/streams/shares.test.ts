import { assert, describe, expect, it } from 'vitest'
import { shareOut } from '../../src/streams/shares.ts'
import { hashOf, shardOf } from '../../src/streams/shard.ts'
import { groupKeys } from '../../src/streams/keys.ts'

const names = ['ada', 'bob', 'cyd', 'dan', 'eve']

function countsOf(shares: ReadonlyMap<number, string>): number[] {
  const counts = new Map<string, number>()
  for (const owner of shares.values()) counts.set(owner, (counts.get(owner) ?? 0) + 1)
  return [...counts.values()].toSorted((a, b) => a - b)
}

describe('shards', () => {
  it('are spread evenly: nobody has more than one above another', () => {
    for (let size = 1; size <= names.length; size++) {
      const counts = countsOf(shareOut(names.slice(0, size), 16))
      expect(counts).toHaveLength(size)
      expect(counts.at(-1)! - counts[0]!).toBeLessThanOrEqual(1)
    }
  })

  it('all have an owner, also when there are more members than shards', () => {
    const shares = shareOut(names, 3)
    expect([...shares.keys()]).toEqual([0, 1, 2])
    expect(new Set(shares.values()).size).toBe(3)
  })

  it('nobody is there: nobody owns anything', () => {
    expect(shareOut([], 16).size).toBe(0)
  })

  it('the order in which members are told does not matter', () => {
    expect(shareOut(names.toReversed(), 16)).toEqual(shareOut(names, 16))
  })

  it('few move when a member goes', () => {
    let moved = 0
    for (let world = 0; world < 50; world++) {
      const members = names.map((name) => `${name}${world}`)
      const [before, after] = [shareOut(members, 16), shareOut(members.slice(1), 16)]
      for (const [shard, owner] of before) if (owner !== members[0] && after.get(shard) !== owner) moved++
    }
    expect(moved / 50).toBeLessThan(6) // of 16; without a bound only those of who went, without hashing nearly all
  })

  it('the shard of a key is part of the layout', () => {
    expect(['', 'user-1', 'Zoë', '日本'].map(hashOf)).toEqual([
      2_872_998_923, 2_005_895_916, 1_137_292_642, 236_567_117,
    ])
  })

  it('events of one key share a shard; those without one are spread', () => {
    const event = { partitionkey: 'user-1', id: '1' } as never
    assert(shardOf(event, 16) === shardOf({ partitionkey: 'user-1', id: '2' } as never, 16))
    const spread = new Set(Array.from({ length: 200 }, (_, id) => shardOf({ id: String(id) } as never, 16)))
    expect(spread.size).toBe(16)
  })

  it('everything of a shard has one hash tag', () => {
    const keys = groupKeys('hb', 7, 'billing')
    const texts = [keys.log, keys.lease, keys.dead, keys.parked, keys.dedup('x'), keys.parkedOf('k')]
    for (const text of texts) expect(text).toMatch(/^hb:\{s07\}:/u)
  })
})
