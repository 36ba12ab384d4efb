import type { ObservatoryDraft } from './catalog/catalog.ts'
import { ModuleError, PluginExecuted } from './catalog/system.ts'
import { type Chance, draw } from './chance.ts'
import type { Random } from './random.ts'

interface Incident extends Chance {
  happen(random: Random): ObservatoryDraft
}

const runPlugin: Incident = {
  weight: 7,
  happen: (random) =>
    PluginExecuted({
      plugin: random.pick(['sunrise', 'weather', 'backup']),
      user: 'station',
      execution_time: random.whole(1, 90),
    }),
}

const fail: Incident = {
  weight: 1,
  happen: (random) =>
    ModuleError({
      module: random.pick(['transits', 'lunar', 'solar_tracking']),
      code: random.pick(['ephemeris_unavailable', 'feed_stale', 'quota_exceeded']),
    }),
}

const incidents: readonly Incident[] = [runPlugin, fail]

/** What the machines do next. */
export function stationIncident(random: Random): ObservatoryDraft {
  return (draw(incidents, random) ?? runPlugin).happen(random)
}
