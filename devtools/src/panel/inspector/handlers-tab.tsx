import { matches } from '@heliobus/core'
import type { ReactNode } from 'react'
import type { Delivery } from '../../model/delivery.ts'
import { status } from '../../model/status.ts'
import { duration, wholeNumber } from '../look/figures.ts'
import { ErrorView } from './error-view.tsx'
import type { Inspected } from './inspector-tab.ts'

const MOST_COUNTED = 65_535

/** How many deliveries the event has had, kept or not. */
export function deliveryCount({ session: { recorder }, row }: Inspected): number {
  const slot = recorder.rows.slot(row)
  return recorder.rows.handled[slot]! + recorder.rows.failures[slot]!
}

/** What each handler made of the event. */
export function HandlersTab(inspected: Inspected): ReactNode {
  const { session, row } = inspected
  const { rows } = session.recorder
  const deliveries = rows.deliveriesAt(row)
  const count = deliveryCount(inspected)
  const isUnhandled = (rows.status[rows.slot(row)]! & status.unhandled) !== 0
  const slowest = Math.max(0, ...deliveries.map(({ ms }) => ms ?? 0))
  return (
    <div className="hb-scroll hb-handlers">
      {isUnhandled && <Unhandled {...inspected} />}
      {count === 0 && !isUnhandled && <p className="hb-nothing">No handler has finished with it yet</p>}
      {deliveries.length > 0 && (
        <ul aria-label="Deliveries">
          {deliveries.map((delivery, index) => (
            // Deliveries are only ever added at the end.
            <Line key={index} delivery={delivery} slowest={slowest} />
          ))}
        </ul>
      )}
      {count > deliveries.length && (
        <p className="hb-dim">
          {deliveries.length} kept of {wholeNumber(count)}
          {count >= MOST_COUNTED && ' or more'}
        </p>
      )}
      <Outstanding {...inspected} heard={deliveries} />
    </div>
  )
}

const fates = {
  ok: { glyph: '●', tone: 'ok', word: 'ok' },
  failed: { glyph: '✕', tone: 'error', word: 'failed' },
} as const

interface LineProps {
  readonly delivery: Delivery
  readonly slowest: number
}

function Line({ delivery: { handler, ms, failed, error }, slowest }: LineProps): ReactNode {
  const { glyph, tone, word } = failed ? fates.failed : fates.ok
  return (
    <li className="hb-delivery">
      <div className="hb-delivery-line">
        <span className={`hb-${tone}`} title={word}>
          {glyph}
        </span>
        <span className="hb-delivery-name hb-mono">{handler}</span>
        <span className="hb-unseen">{word}</span>
        <span className={ms === undefined ? 'hb-faint' : 'hb-mono'}>
          {ms === undefined ? 'not timed' : duration(ms)}
        </span>
      </div>
      <div className="hb-bar" data-failed={failed ? '' : undefined}>
        {ms !== undefined && slowest > 0 && (
          <i style={{ width: `${Math.max(0.5, (ms / slowest) * 100)}%` }} />
        )}
      </div>
      {failed && <ErrorView error={error} />}
    </li>
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
}: Inspected & { readonly heard: readonly Delivery[] }): ReactNode {
  const names = new Set(heard.map(({ handler }) => handler))
  const silent = (session.bus?.subscriptions() ?? []).filter(
    ({ name, forwards, patterns }) =>
      !forwards && !names.has(name) && patterns.some((pattern) => fits(pattern, event.type)),
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
