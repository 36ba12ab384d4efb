import { type ReactNode, useMemo } from 'react'
import { moonAt } from '../astronomy/moon.ts'
import { useLatest } from '../page/bus-hooks.ts'
import { useMedia } from '../page/use-media.ts'
import { useRecently } from '../page/use-recently.ts'
import { useSimulation } from '../page/use-simulation.ts'
import type { Simulation } from '../simulation.ts'
import { Aurora } from './aurora.tsx'
import { Description } from './description.tsx'
import { Horizon } from './horizon.tsx'
import { MoonDisc } from './moon-disc.tsx'
import { Orrery } from './orrery.tsx'
import { Report } from './report.tsx'
import { Stars } from './stars.tsx'
import { Sun } from './sun.tsx'
import { stageFor } from './stage.ts'
import { useDate } from './use-date.ts'
import { useSize } from './use-size.ts'

// ms
const STORM_LASTS = 16_000
const TRANSIT_LASTS = 6_000
const MOON_LASTS = 10_000
const FRAME = 30
const SLOW_FRAME = 66
const CALM_FRAME = 1_000

const QUICK = 86_400 // times: above it planets are seen to move
const HOUR = 3_600_000

/** The sky of the simulation's date, and what happens in it: whoever published it, here or in another tab. */
export function Sky({ simulation }: { readonly simulation: Simulation }): ReactNode {
  const isCalm = useMedia('(prefers-reduced-motion: reduce)')
  const { speed } = useSimulation(simulation)
  const date = useDate(simulation, isCalm ? CALM_FRAME : speed > QUICK ? FRAME : SLOW_FRAME)
  const storm = useRecently(useLatest('cosmic.solar_storm.detected', { every: 250 }), STORM_LASTS)
  const transit = useRecently(useLatest('cosmic.transit.exact', { every: 250 }), TRANSIT_LASTS)
  const fullMoon = useRecently(useLatest('cosmic.full_moon', { every: 250 }), MOON_LASTS)
  const [element, size] = useSize<HTMLElement>()
  const stage = useMemo(() => size && stageFor(size.width, size.height), [size])
  const moon = moonAt(date)
  return (
    <section className="sky" aria-label="The sky" ref={element} data-testid="sky">
      {stage && (
        <>
          <Stars width={stage.width} height={stage.height} />
          <Aurora kp={storm?.data.kp_index ?? 0} width={stage.width} height={stage.height} />
          <Horizon />
          <Sun key={storm?.id} stage={stage} kp={storm?.data.kp_index} />
          <Orrery {...{ stage, date, moon, transit }} />
        </>
      )}
      <Report {...{ date, storm, transit, fullMoon }} />
      <MoonDisc moon={moon} isGlowing={fullMoon !== undefined} />
      <Description hour={date - (date % HOUR)} />
    </section>
  )
}
