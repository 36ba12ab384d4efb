import type { ReactNode } from 'react'
import type { Flow } from '../../model/flow.ts'
import { duration } from '../look/figures.ts'

const MOST = 5

/** The time axis of a flow, from its first event on. */
export function FlowAxis({ flow: { from, to } }: { readonly flow: Pick<Flow, 'from' | 'to'> }): ReactNode {
  const length = Math.max(1, to - from)
  return (
    <div className="hb-flow-line hb-flow-axis" aria-hidden="true">
      <span>Event</span>
      <span className="hb-flow-delay">After</span>
      <span className="hb-flow-bars">
        {ticks(length).map((ms) => (
          <i key={ms} className="hb-flow-tick" style={{ left: `${(ms / length) * 100}%` }}>
            {ms === 0 ? '0' : duration(ms)}
          </i>
        ))}
      </span>
    </div>
  )
}

/** Round times, 5 at most: steps of 1, 2 or 5 times a power of ten. */
function ticks(length: number): readonly number[] {
  const power = 10 ** Math.floor(Math.log10(length / MOST))
  const step = [1, 2, 5, 10].map((times) => times * power).find((one) => length / one <= MOST)!
  return Array.from({ length: Math.floor(length / step) + 1 }, (_, index) => index * step)
}
