import { ModuleError, PluginExecuted, SystemStartup } from './catalog/system.ts'
import type { Chance } from './chance.ts'

/** What the machines do. */
export const station: readonly Chance[] = [
  {
    weight: 6,
    happen: (random, user) =>
      PluginExecuted({
        plugin: random.pick(['sunrise', 'weather', 'backup']),
        user,
        execution_time: random.whole(1, 90),
      }),
  },
  {
    weight: 1,
    happen: (random) =>
      ModuleError({
        module: random.pick(['transits', 'lunar', 'solar_tracking']),
        code: random.pick(['ephemeris_unavailable', 'feed_stale', 'quota_exceeded']),
      }),
  },
  { weight: 1, happen: (random) => SystemStartup({ modules: random.whole(8, 13) }) },
]
