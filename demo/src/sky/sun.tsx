import { type CSSProperties, memo, type ReactNode } from 'react'
import type { Stage } from './stage.ts'

interface Props {
  readonly stage: Stage
  /** Of the storm; undefined while the sun is quiet. */
  readonly kp: number | undefined
}

/** Where loops stand, in degrees; their heights in radii of the sun. */
const LOOPS = [
  [14, 0.5],
  [58, 0.22],
  [139, 0.36],
  [203, 0.62],
  [226, 0.3],
  [318, 0.42],
] as const

/**
 * The sun; with a storm it flares, and a front runs out through the planets' orbits. Of boxes rather than shapes:
 * a browser fades and scales those without drawing them anew.
 */
export const Sun = memo(function Sun({ stage: { sun, rx, ry, scale }, kp }: Props): ReactNode {
  const strength = kp === undefined ? 0 : (kp - 3) / 6
  const style: CSSProperties & Record<`--${string}`, string | number> = {
    '--strength': strength,
    '--r': `${24 * scale}px`,
    '--rx': `${rx}px`,
    '--ry': `${ry}px`,
    left: sun.x,
    top: sun.y,
  }
  return (
    <div
      className={kp === undefined ? 'sun' : 'sun flaring'}
      style={style}
      aria-hidden="true"
      data-testid="sun"
    >
      <i className="corona" />
      {kp !== undefined && <Flare strength={strength} />}
      <i className="disc" />
    </div>
  )
})

function Flare({ strength }: { readonly strength: number }): ReactNode {
  return (
    <>
      <i className="front" />
      <i className="front late" />
      <i className="corona burst" />
      <svg className="loops" viewBox="-2.5 -2.5 5 5">
        {LOOPS.map(([angle, height]) => (
          <path key={angle} d={loop(height * (0.7 + 0.8 * strength))} transform={`rotate(${angle})`} />
        ))}
      </svg>
    </>
  )
}

/** A prominence: an arch that stands on the sun's edge. In radii of the sun. */
function loop(height: number): string {
  const far = 1 + height
  return `M0.96 -0.2 C${far} -0.3 ${far} 0.3 0.96 0.2`
}
