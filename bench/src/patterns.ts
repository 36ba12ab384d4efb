/** 1,024 topics of three segments, in an order in which any few in a row are like all of them. */
export const topics: readonly string[] = Array.from({ length: 1_024 }, (_, place) => {
  const index = (place * 421) & 1_023
  return `d${index >> 6}.e${(index >> 3) & 7}.v${index & 7}`
})

/** These match, 0.64 of them a topic. */
const hits = [...Array.from({ length: 8 }, (_, index) => `d${index}.**`), '*.e0.v0', '**.v7']

/** What a publish reaches, on average over `topics`, whatever the number of patterns. */
export const sparseDeliveries: number = (8 * 64 + 16 + 128) / 1_024

/** These match no topic, but begin or end like one. One in 24 begins with `**`, one in eight ends with it. */
const shapes: readonly ((x: string, d: string, e: string, v: string) => string)[] = [
  (x, d) => `${d}.${x}.*`,
  (x, _d, e) => `*.${e}.${x}`,
  (x, d) => `${d}.*.${x}`,
  (x) => `${x}.**`,
  (x, d, e) => `${d}.${e}.${x}.*`,
  (x, _d, _e, v) => `*.${x}.${v}`,
  (x, d, _e, v) => `${d}.${x}.*.${v}`,
  (x, d, e) => `${d}.*.${e}.${x}`,
]

/** Pattern number `index` of the sparse mix; all are different, and the first ten match. */
export function sparse(index: number): string {
  const hit = hits[index]
  if (hit !== undefined) return hit
  if (index % 24 === 0) return `**.x${index}`
  return shapes[index % 8]!(`x${index}`, `d${index & 15}`, `e${(index >> 3) & 7}`, `v${(index >> 6) & 7}`)
}

/** Pattern number `index` as a program has them: 12 in 20 are plain topics, seven have one wildcard, one ends with `**`. */
export function mixed(index: number): string {
  const [kind, entity] = [index % 20, `n${index}`]
  if (kind < 12) return `user.${entity}.renamed`
  if (kind < 16) return `order.${entity}.*`
  return kind < 19 ? `*.${entity}.created` : `room.${entity}.**`
}

/**
 * Pattern number `index` of the dense mix: a topic out of 16 × 32 × 32, one segment of it a wildcard. Of 10,000, some
 * 15 match each topic.
 */
export function dense(index: number): string {
  const random = scatter(index)
  const segments = [`d${random & 15}`, `e${(random >> 4) & 31}`, `v${(random >> 9) & 31}`]
  segments[(random >> 14) % 3] = '*'
  return segments.join('.')
}

/** A number that looks random, the same for the same index: the finaliser of MurmurHash3. */
function scatter(index: number): number {
  let hash = index + 1
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
