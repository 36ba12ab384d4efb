import { matches } from '@heliobus/core'
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

/** Says so, and what there is that comes nearest: a subscription under the same domain. */
function Unhandled({ session: { bus }, event }: Inspected): ReactNode {
  const near = (bus?.subscriptions() ?? []).filter(
    ({ forwards, patterns }) =>
      !forwards && patterns.some((pattern) => domainOf(pattern) === domainOf(event.type)),
  )
  return (
    <div className="hb-unhandled">
      <p>
        <span className="hb-warn">○</span> No handler took it
      </p>
      {near.length > 0 && <p className="hb-dim">Subscriptions under {domainOf(event.type)} today:</p>}
      <ul className="hb-mono">
        {near.slice(0, 10).map(({ name, patterns }) => (
          <li key={`${name} ${patterns.join(' ')}`}>
            {name} <span className="hb-faint">{patterns.join(' ')}</span>
          </li>
        ))}
      </ul>
      {near.length > 10 && <p className="hb-faint">and {wholeNumber(near.length - 10)} more</p>}
    </div>
  )
}

function domainOf(topic: string): string {
  return topic.split('.', 1)[0]!
}

/** Handlers whose pattern fits and that have said nothing: at work, or subscribed later, or with a filter of their own. */
function Outstanding({
  session,
  event,
  heard,
}: Inspected & { readonly heard: readonly string[] }): ReactNode {
  const silent = (session.bus?.subscriptions() ?? []).filter(
    ({ name, forwards, patterns }) =>
      !forwards && !heard.includes(name) && patterns.some((pattern) => fits(pattern, event.type)),
  )
  if (silent.length === 0) return null
  return (
    <p className="hb-outstanding hb-dim">
      Nothing heard of{' '}
      <span className="hb-mono">
        {silent
          .slice(0, 10)
          .map(({ name }) => name)
          .join(', ')}
      </span>
      {silent.length > 10 && ` and ${wholeNumber(silent.length - 10)} more`}: still at work, subscribed later,
      or not concerned
    </p>
  )
}

/** A recording may hold what is no topic. */
function fits(pattern: string, topic: string): boolean {
  try {
    return matches(pattern, topic)
  } catch {
    return false
  }
}
