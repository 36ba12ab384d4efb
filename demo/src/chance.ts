import type { ObservatoryDraft } from './catalog/catalog.ts'
import type { Random } from './random.ts'

/** Something that people or the sky do now and then: the more weight, the more often. */
export interface Chance {
  readonly weight: number
  /** What happens; `person` is whoever does it. */
  happen(random: Random, person: string): ObservatoryDraft
}

/** One of them, by weight. */
export function draw(chances: readonly [Chance, ...Chance[]], random: Random): Chance {
  const total = chances.reduce((sum, { weight }) => sum + weight, 0)
  let left = random.next() * total
  return chances.find(({ weight }) => (left -= weight) < 0) ?? chances[0]
}
