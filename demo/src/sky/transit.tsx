import type { ReactNode } from 'react'
import { ASPECT_ANGLES } from '../astronomy/aspects.ts'
import type { Orbiter } from '../astronomy/orbits.ts'
import type { AspectName, Planet } from '../catalog/cosmic.ts'
import type { Point, Stage } from './stage.ts'

interface Props {
  readonly stage: Stage
  readonly place: (name: Orbiter) => Point
  readonly planet: Planet
  readonly aspect: AspectName
  readonly other: Planet
}

/** The two lines of sight from Earth, between which the angle is exact. */
export function Transit({ stage, place, planet, aspect, other }: Props): ReactNode {
  const earth = place('Earth')
  const ends = [planet, other].map((name) => (name === 'Sun' ? stage.sun : place(name)))
  return (
    <g className="transit" data-testid="transit">
      {ends.map(({ x, y }, index) => (
        <g key={index === 0 ? planet : other}>
          <line pathLength={1} x1={earth.x} y1={earth.y} x2={x} y2={y} />
          <circle cx={x} cy={y} r={16 * stage.scale + 4} />
        </g>
      ))}
      <text x={earth.x} y={earth.y - 16 * stage.scale}>
        {ASPECT_ANGLES[aspect]}°
      </text>
    </g>
  )
}
