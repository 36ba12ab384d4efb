import type { ReactNode } from 'react'

interface Props {
  /** Oldest first. */
  readonly values: readonly number[]
  readonly width?: number
  readonly height?: number
}

/** The course of a number, as a filled line. Decoration: the number itself stands beside it. */
export function Sparkline({ values, width = 56, height = 14 }: Props): ReactNode {
  const highest = Math.max(...values)
  const step = width / Math.max(1, values.length - 1)
  const points = values.map((value, index) => {
    const tall = highest > 0 ? (value / highest) * (height - 1) : 0
    return `${(index * step).toFixed(1)} ${(height - tall).toFixed(1)}`
  })
  return (
    <svg
      className="hb-sparkline"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden="true"
    >
      {highest > 0 && (
        <>
          <path className="hb-sparkline-area" d={`M0 ${height}L${points.join('L')}L${width} ${height}z`} />
          <path className="hb-sparkline-line" d={`M${points.join('L')}`} />
        </>
      )}
    </svg>
  )
}
