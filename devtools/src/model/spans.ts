import { type Delivery, isCall } from './delivery.ts'

/** A stretch of time that a handler spent on an event, or that it waits until its retry. In ms after the event. */
export interface Span {
  readonly handler: string
  readonly kind: 'handled' | 'failed' | 'waiting'
  readonly from: number
  readonly to: number
}

/** When handlers were at work or waited for a retry, as far as their calls were timed; an untimed call is a moment. */
export function spansOf(deliveries: readonly Delivery[]): readonly Span[] {
  return deliveries.filter(isCall).flatMap((call) => {
    const { handler, fate, after, ms = 0 } = call
    const work: Span = { handler, kind: fate, from: Math.max(0, after - ms), to: after }
    if (call.fate !== 'failed' || call.retryIn === undefined) return [work]
    return [work, { handler, kind: 'waiting', from: after, to: after + call.retryIn }]
  })
}

/** Up to when something is known of an event, in ms after it. */
export function lastMoment(deliveries: readonly Delivery[]): number {
  const ends = [...deliveries.map(({ after }) => after), ...spansOf(deliveries).map(({ to }) => to)]
  return Math.max(0, ...ends)
}
