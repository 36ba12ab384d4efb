import { hashOf } from './shard.ts'

/**
 * Which member has which shard: the same answer to everybody who knows the same members. Rendezvous hashing with a bound:
 * each shard goes to the member with the highest score that still has room, and nobody has more than one above the others.
 * Who comes or goes moves few shards.
 */
export function shareOut(members: readonly string[], shards: number): ReadonlyMap<number, string> {
  const shares = new Map<number, string>()
  const counts = new Map(members.map((member) => [member, 0]))
  const floor = Math.floor(shards / members.length)
  let spare = shards % members.length // members that may have one more
  for (let shard = 0; shard < shards && members.length > 0; shard++) {
    const owner = ranked(members, shard).find((member) => counts.get(member)! < floor + (spare > 0 ? 1 : 0))!
    const count = counts.get(owner)! + 1
    if (count > floor) spare--
    counts.set(owner, count)
    shares.set(shard, owner)
  }
  return shares
}

/** The best first. */
function ranked(members: readonly string[], shard: number): readonly string[] {
  const scores = new Map(members.map((member) => [member, hashOf(`${member}/${shard}`)]))
  return members.toSorted((a, b) => scores.get(b)! - scores.get(a)! || (a < b ? -1 : 1))
}
