import type { ReactNode } from 'react'
import type { Moon } from '../astronomy/moon.ts'
import { ORBITS, type Orbiter, orbitsAt } from '../astronomy/orbits.ts'
import type { ObservatoryEvent } from '../catalog/catalog.ts'
import { Planet } from './planet.tsx'
import { pointOn, type Point, sizeOf, type Stage } from './stage.ts'
import { Transit } from './transit.tsx'

interface Props {
  readonly stage: Stage
  /** Epoch ms. */
  readonly date: number
  readonly moon: Moon
  readonly transit: ObservatoryEvent<'cosmic.transit.exact'> | undefined
}

/** The planets at their true longitudes around the sun; distances and sizes are not to scale. */
export function Orrery({ stage, date, moon, transit }: Props): ReactNode {
  const longitudes = orbitsAt(date)
  const place = (name: Orbiter): Point => pointOn(stage, sizeOf(name), longitudes[name])
  return (
    <svg className="orrery" viewBox={`0 0 ${stage.width} ${stage.height}`} aria-hidden="true">
      <defs>
        <linearGradient id="night" x1="1" x2="0">
          <stop offset="0.4" className="night-none" />
          <stop offset="1" className="night-full" />
        </linearGradient>
      </defs>
      {ORBITS.map((name) => (
        <ellipse
          key={name}
          className="orbit"
          cx={stage.sun.x}
          cy={stage.sun.y}
          rx={stage.rx * sizeOf(name)}
          ry={stage.ry * sizeOf(name)}
        />
      ))}
      {transit && <Transit key={transit.id} stage={stage} place={place} {...transit.data} />}
      {ORBITS.toSorted((a, b) => place(a).y - place(b).y).map((name) => (
        <Planet key={name} {...{ name, stage }} at={place(name)} moon={name === 'Earth' ? moon : undefined} />
      ))}
    </svg>
  )
}
