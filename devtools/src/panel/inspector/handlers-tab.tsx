import type { ReactNode } from 'react'
import { handlersOf, isCall } from '../../model/delivery.ts'
import { storiesOf } from '../../model/handler-story.ts'
import { status } from '../../model/status.ts'
import { wholeNumber } from '../look/figures.ts'
import { useStyles } from '../look/use-styles.ts'
import { deliveriesCss } from './deliveries.css.ts'
import { callCount } from './handler-count.ts'
import { HandlerLine } from './handler-line.tsx'
import type { Inspected } from './inspector-tab.ts'
import { Outstanding, Unhandled } from './not-handled.tsx'

const MOST_COUNTED = 65_535

/** What each handler made of the event, call by call. */
export function HandlersTab(inspected: Inspected): ReactNode {
  const { session, row } = inspected
  const { rows } = session.recorder
  const deliveries = rows.deliveriesAt(row)
  const calls = deliveries.filter(isCall)
  const count = callCount(inspected)
  const isUnhandled = (rows.status[rows.slot(row)]! & status.unhandled) !== 0
  const slowest = Math.max(0, ...calls.map(({ ms }) => ms ?? 0))
  const passed = session.now - rows.time[rows.slot(row)]!
  return (
    <div ref={useStyles(deliveriesCss)} className="hb-scroll hb-handlers">
      {isUnhandled && <Unhandled {...inspected} />}
      {deliveries.length === 0 && count === 0 && !isUnhandled && (
        <p className="hb-nothing">No handler has finished with it yet</p>
      )}
      {deliveries.length > 0 && (
        <ul aria-label="Handlers">
          {storiesOf(deliveries).map((story) => (
            <HandlerLine key={story.handler} story={story} slowest={slowest} passed={passed} />
          ))}
        </ul>
      )}
      {count > calls.length && (
        <p className="hb-dim">
          {calls.length} calls kept of {wholeNumber(count)}
          {count >= MOST_COUNTED && ' or more'}
        </p>
      )}
      <Outstanding {...inspected} heard={handlersOf(deliveries)} />
    </div>
  )
}
