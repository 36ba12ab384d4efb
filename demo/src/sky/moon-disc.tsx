import type { ReactNode } from 'react'
import type { Moon } from '../astronomy/moon.ts'

interface Props {
  readonly moon: Moon
  readonly isGlowing: boolean
}

/** The moon as it is seen from the northern half of the Earth. */
export function MoonDisc({ moon: { phase, lit, name }, isGlowing }: Props): ReactNode {
  return (
    <figure className={isGlowing ? 'moon glowing' : 'moon'} data-testid="moon">
      <svg viewBox="-50 -50 100 100" aria-hidden="true">
        <defs>
          <clipPath id="lit">
            <path d={litPath(lit)} transform={phase > 180 ? 'scale(-1 1)' : undefined} />
          </clipPath>
        </defs>
        <circle className="dark" r={40} />
        <g clipPath="url(#lit)">
          <circle className="bright" r={40} />
          <g className="maria">
            <ellipse cx={-12} cy={-14} rx={13} ry={11} />
            <ellipse cx={9} cy={-13} rx={9} ry={8} />
            <ellipse cx={17} cy={-1} rx={9} ry={7} />
            <ellipse cx={-23} cy={6} rx={9} ry={15} />
            <ellipse cx={-6} cy={14} rx={10} ry={6} />
            <circle cx={29} cy={-12} r={4} />
          </g>
          <circle className="crater" cx={4} cy={31} r={2.4} />
        </g>
      </svg>
      <figcaption>
        <b data-testid="phase">{name}</b>
        <span>{Math.round(lit * 100)}% lit</span>
      </figcaption>
    </figure>
  )
}

/** The lit part of a waxing moon: half a circle, and the terminator, which is half an ellipse. */
function litPath(lit: number): string {
  const r = 40
  const bulge = Math.abs(1 - 2 * lit) * r
  return `M0 ${-r} A${r} ${r} 0 0 1 0 ${r} A${bulge} ${r} 0 0 ${lit < 0.5 ? 0 : 1} 0 ${-r} Z`
}
