import type { ReactNode } from 'react'
import { type Delivery, type DeliveryCall, isCall } from '../../model/delivery.ts'
import type { HandlerStory } from '../../model/handler-story.ts'
import { duration, timeSpan } from '../look/figures.ts'
import { standings } from '../look/standing.ts'
import { deliveryText, retryText } from './delivery-text.ts'
import { ErrorView } from './error-view.tsx'

interface Props {
  readonly story: HandlerStory
  /** Of all calls, in ms. */
  readonly slowest: number
  /** ms since the event was told of. */
  readonly passed: number
}

/** What one handler made of the event: in a line when it was called once, else call by call. */
export function HandlerLine({ story, slowest, passed }: Props): ReactNode {
  const { deliveries } = story
  const last = deliveries.findLast(isCall)
  return (
    <li className="hb-delivery">
      <Head story={story} last={last} />
      <div className="hb-bar" data-failed={last?.fate === 'failed' ? '' : undefined}>
        {last?.ms !== undefined && slowest > 0 && (
          <i style={{ width: `${Math.max(0.5, (last.ms / slowest) * 100)}%` }} />
        )}
      </div>
      {isSingle(deliveries) ? <Thrown delivery={deliveries[0]!} /> : <Steps deliveries={deliveries} />}
      <NextCall story={story} passed={passed} />
    </li>
  )
}

interface HeadProps extends Pick<Props, 'story'> {
  readonly last: DeliveryCall | undefined
}

function Head({ story: { handler, standing, deliveries }, last }: HeadProps): ReactNode {
  const { glyph, tone, word } = standings[standing]
  const calls = deliveries.filter(isCall).length
  return (
    <div className="hb-delivery-line">
      <span className={`hb-${tone}`} title={word}>
        {glyph}
      </span>
      <span className="hb-delivery-name hb-mono">{handler === '' ? 'no handler' : handler}</span>
      <span className="hb-unseen">{word}</span>
      {calls > 1 && <span className="hb-dim">{calls} calls</span>}
      {last !== undefined && (
        <span className={last.ms === undefined ? 'hb-faint' : 'hb-mono'}>
          {last.ms === undefined ? 'not timed' : duration(last.ms)}
        </span>
      )}
    </div>
  )
}

/** A call and no more, but for the dead letter that it became. */
function isSingle([first, second, third]: readonly Delivery[]): boolean {
  return (
    first !== undefined && isCall(first) && (second?.fate ?? 'buried') === 'buried' && third === undefined
  )
}

function Steps({ deliveries }: Pick<HandlerStory, 'deliveries'>): ReactNode {
  return (
    <ol className="hb-steps" aria-label="Step by step">
      {deliveries.map((delivery, index) => (
        // They are only ever added at the end.
        <li key={index} data-fate={delivery.fate}>
          <div className="hb-delivery-line">
            <span className="hb-delivery-name">{deliveryText(delivery)}</span>
            <span className="hb-mono hb-faint">{timeSpan(delivery.after)}</span>
          </div>
          <Thrown delivery={delivery} isKnown={deliveries.some(({ fate }) => fate === 'failed')} />
        </li>
      ))}
    </ol>
  )
}

/** What a call threw. What is given up after failed calls has their error, and need not show it again. */
function Thrown({
  delivery,
  isKnown = false,
}: {
  readonly delivery: Delivery
  readonly isKnown?: boolean
}): ReactNode {
  if (delivery.fate === 'failed') return <ErrorView error={delivery.error} />
  if (delivery.fate !== 'buried' || isKnown || delivery.error === undefined) return null
  return <ErrorView error={delivery.error} />
}

function NextCall({ story: { standing, deliveries }, passed }: Omit<Props, 'slowest'>): ReactNode {
  const last = deliveries.at(-1)
  if (standing !== 'waiting' || last?.fate !== 'failed' || last.retryIn === undefined) return null
  return <p className="hb-retry">↻ {retryText(last.retryIn, passed - last.after)}</p>
}
