import { matches, type SubscriptionInfo } from '@heliobus/core'
import type { ReactNode } from 'react'
import { HERE } from '../../model/row-columns.ts'
import { wholeNumber } from '../look/figures.ts'
import { processAt } from '../look/process.ts'
import type { Session } from '../state/session.ts'
import type { Inspected } from './inspector-tab.ts'

/** Says so, and what there is that comes nearest: a subscription under the same domain. */
export function Unhandled({ session, row, event }: Inspected): ReactNode {
  const near = subscriptionsAt(session, row).filter(
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
export function Outstanding({
  session,
  row,
  event,
  heard,
}: Inspected & { readonly heard: readonly string[] }): ReactNode {
  const silent = subscriptionsAt(session, row).filter(
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

/** Those of the bus that had the event; of another process or a recording, none are known. */
function subscriptionsAt({ bus, recorder }: Session, row: number): readonly SubscriptionInfo[] {
  const isHere = processAt(recorder.rows, row) === HERE
  return isHere && bus !== undefined ? bus.subscriptions() : []
}

/** A recording may hold what is no topic. */
function fits(pattern: string, topic: string): boolean {
  try {
    return matches(pattern, topic)
  } catch {
    return false
  }
}
