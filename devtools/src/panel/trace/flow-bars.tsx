import type { CSSProperties, ReactNode } from 'react'
import { type Delivery, handlersOf } from '../../model/delivery.ts'
import type { Flow } from '../../model/flow.ts'
import type { Rows } from '../../model/rows.ts'
import { type Span, spansOf } from '../../model/spans.ts'
import { duration } from '../look/figures.ts'

const LANES = 3

const words: Readonly<Record<Span['kind'], string>> = {
  handled: 'took',
  failed: 'failed after',
  waiting: 'waits for its retry for',
}

interface Props {
  readonly rows: Rows
  readonly row: number
  readonly flow: Pick<Flow, 'from' | 'to'>
}

/** What handlers did with an event, on the time axis of its flow: a bar for each call, a dashed line for each wait. */
export function FlowBars({ rows, row, flow }: Props): ReactNode {
  const deliveries = rows.deliveriesAt(row)
  const handlers = handlersOf(deliveries)
  const start = rows.time[rows.slot(row)]! - flow.from
  const share = (ms: number): string => `${(ms / Math.max(1, flow.to - flow.from)) * 100}%`
  const place = ({ handler, from, to }: Span): CSSProperties => ({
    left: share(start + from),
    width: share(to - from),
    top: `${5 + (handlers.indexOf(handler) % LANES) * 5}px`,
  })
  return (
    <span className="hb-flow-bars" aria-hidden="true">
      <i className="hb-flow-start" style={{ left: share(start) }} />
      {spansOf(deliveries).map((span, index) => (
        // Spans are only ever added at the end.
        <i key={index} data-kind={span.kind} style={place(span)} title={spanText(span)} />
      ))}
      {buried(deliveries).map(({ handler, after }) => (
        <b
          key={`${handler} ${after}`}
          className="hb-dead"
          style={{ left: share(start + after) }}
          title={`${handler} gave up`}
        >
          ▣
        </b>
      ))}
    </span>
  )
}

function spanText({ handler, kind, from, to }: Span): string {
  return `${handler} ${words[kind]} ${duration(to - from)}`
}

function buried(deliveries: readonly Delivery[]): readonly Delivery[] {
  return deliveries.filter(({ fate }) => fate === 'buried')
}
