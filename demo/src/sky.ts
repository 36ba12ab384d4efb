import {
  ASPECTS,
  FullMoon,
  PLANETS,
  SEVERITIES,
  SIGNS,
  SolarStormDetected,
  TransitExact,
} from './catalog/cosmic.ts'
import type { Chance } from './chance.ts'
import type { ObservatoryDraft } from './catalog/catalog.ts'
import type { Random } from './random.ts'

export function storm(random: Random): ObservatoryDraft {
  const severity = random.pick(SEVERITIES)
  return SolarStormDetected({ kp_index: 5 + SEVERITIES.indexOf(severity), severity })
}

/** What the sky does. */
export const sky: readonly Chance[] = [
  { weight: 1, happen: storm },
  {
    weight: 2,
    happen: (random) => FullMoon({ sign: random.pick(SIGNS), degree: random.whole(0, 299) / 10 }),
  },
  {
    weight: 8,
    happen: (random, person) =>
      TransitExact(
        { planet: random.pick(PLANETS), aspect: random.pick(ASPECTS), natal: random.pick(PLANETS) },
        { userId: person },
      ),
  },
]
