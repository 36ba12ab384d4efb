import type { Random } from './random.ts'

/** Something that happens now and then: the more weight, the more often. */
export interface Chance {
  readonly weight: number
}

/** One of them, by weight; undefined when there is none. */
export function draw<C extends Chance>(chances: readonly C[], random: Random): C | undefined {
  let left = random.next() * chances.reduce((sum, { weight }) => sum + weight, 0)
  return chances.find(({ weight }) => (left -= weight) < 0) ?? chances[0]
}
