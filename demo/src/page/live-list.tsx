import type { BusEvent } from '@heliobus/core'
import { memo, type ReactNode } from 'react'
import { timeOfDay } from './numbers.ts'
import { Topic } from './topic.tsx'

/** The newest events, newest first. */
export function LiveList({ events }: { readonly events: readonly BusEvent[] }): ReactNode {
  return (
    <section className="panel live" aria-labelledby="live">
      <h2 id="live">Newest events</h2>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard too */}
      <div className="frame scroll" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col">Type</th>
              <th scope="col">Source</th>
              <th scope="col">Tab</th>
            </tr>
          </thead>
          <tbody data-testid="live">
            {events.map((event) => (
              <Row key={event.id} event={event} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

const Row = memo(function Row({ event }: { readonly event: BusEvent }): ReactNode {
  const { id, time, type, source, hops } = event
  return (
    <tr data-id={id} data-hops={hops}>
      <td>{timeOfDay(time)}</td>
      <td>
        <Topic name={type} />
      </td>
      <td title={source}>{source}</td>
      <td className={hops === 0 ? 'quiet' : 'info'}>{hops === 0 ? 'here' : '◆ other'}</td>
    </tr>
  )
})
