import { memo, type ReactNode } from 'react'
import { createRandom } from '../random.ts'

interface Props {
  readonly width: number
  readonly height: number
}

const AREA = 7_000 // square pixels to a star

/** Always the same stars, however wide the page. */
export const Stars = memo(function Stars({ width, height }: Props): ReactNode {
  const random = createRandom(1_609)
  const stars = Array.from({ length: Math.round((2_560 * 700) / AREA) }, () => ({
    x: Math.round(random.next() * 2_560),
    y: Math.round(random.next() * 700),
    r: 0.4 + random.next() ** 4 * 1.1,
    opacity: 0.25 + random.next() * 0.7,
  }))
  return (
    <svg className="stars" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {stars
        .filter(({ x, y }) => x < width && y < height)
        .map(({ x, y, r, opacity }) => (
          <circle key={`${x} ${y}`} cx={x} cy={y} r={r} opacity={opacity} />
        ))}
    </svg>
  )
})
