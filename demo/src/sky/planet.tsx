import type { ReactNode } from 'react'
import type { Moon } from '../astronomy/moon.ts'
import type { Orbiter } from '../astronomy/orbits.ts'
import type { Point, Stage } from './stage.ts'

interface Props {
  readonly name: Orbiter
  readonly at: Point
  readonly stage: Stage
  /** Of the Earth only. */
  readonly moon: Moon | undefined
}

/** In pixels on a desktop. */
const radii: Readonly<Record<Orbiter, number>> = {
  Mercury: 3.5,
  Venus: 5.5,
  Earth: 6,
  Mars: 4.5,
  Jupiter: 13,
  Saturn: 10.5,
  Uranus: 8,
  Neptune: 7.5,
}

/** A disc whose day side looks to the sun. */
export function Planet({ name, at: { x, y }, stage, moon }: Props): ReactNode {
  const { sun, scale } = stage
  const depth = 1 + (0.18 * (y - sun.y)) / stage.ry // what is nearer looks larger
  const r = radii[name] * scale * depth
  const toSun = (Math.atan2(sun.y - y, sun.x - x) * 180) / Math.PI
  return (
    <g className={`planet ${name.toLowerCase()}`} transform={`translate(${x.toFixed(2)} ${y.toFixed(2)})`}>
      {name === 'Saturn' && <Rings r={r} />}
      <circle className="disc" r={r} />
      <circle fill="url(#night)" r={r} transform={`rotate(${toSun.toFixed(1)})`} />
      {name === 'Saturn' && <Rings r={r} isFront />}
      {moon && <MoonDot {...moon} r={r} />}
      {stage.width >= 600 && (
        <text y={r + 16} className="name">
          {name}
        </text>
      )}
    </g>
  )
}

function Rings({ r, isFront = false }: { readonly r: number; readonly isFront?: boolean }): ReactNode {
  const [rx, ry] = [r * 2, r * 0.62]
  return (
    <path
      className="rings"
      d={`M${-rx} 0 A${rx} ${ry} 0 0 ${isFront ? 0 : 1} ${rx} 0`}
      transform="rotate(-14)"
    />
  )
}

function MoonDot({ longitude, r }: Moon & { readonly r: number }): ReactNode {
  const angle = (longitude * Math.PI) / 180
  return (
    <circle className="moon-dot" r={r * 0.28} cx={Math.cos(angle) * r * 2} cy={-Math.sin(angle) * r * 1.1} />
  )
}
