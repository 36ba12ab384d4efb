import type { ReactNode } from 'react'
import type { TypeFigures } from '../../model/statistics.ts'
import { clockTime, duration, perSecond, wholeNumber } from '../look/figures.ts'
import { hueOf } from '../look/hue.ts'
import { Sparkline } from '../look/sparkline.tsx'
import { Topic } from '../look/topic.tsx'
import type { TopicLine } from './columns.ts'

interface Props {
  readonly line: TopicLine
  /** Shows the events of this type. */
  readonly onOpen: () => void
}

export function TopicRow({ line, onOpen }: Props): ReactNode {
  const { type, share, recent, newest, published } = line
  return (
    <tr data-hue={hueOf(type)} data-type={type}>
      <td>
        <button type="button" className="hb-table-topic" title="Show its events" onClick={onOpen}>
          <Topic topic={type} />
        </button>
      </td>
      <td>
        {wholeNumber(published)}
        <span className="hb-table-share" title={`${(share * 100).toFixed(1)} % of all events`}>
          <span style={{ width: `${share * 100}%` }} />
        </span>
      </td>
      <td>
        <Rate rate={line.rate} />{' '}
        <span className="hb-table-spark">
          <Sparkline values={recent} width={44} />
        </span>
      </td>
      <Outcomes figures={line} />
      <td className="hb-dim">{newest === 0 ? '–' : clockTime(newest)}</td>
    </tr>
  )
}

/** The sums of all types. */
export function TotalRow({ figures }: { readonly figures: TypeFigures }): ReactNode {
  return (
    <tr>
      <td>All</td>
      <td>{wholeNumber(figures.published)}</td>
      <td>
        <Rate rate={figures.rate} />
      </td>
      <Outcomes figures={figures} />
      <td>–</td>
    </tr>
  )
}

function Rate({ rate }: { readonly rate: number }): ReactNode {
  return <span className={rate === 0 ? 'hb-faint' : ''}>{perSecond(rate)}</span>
}

function Outcomes({
  figures: { published, handled, unhandled, failures, ms },
}: {
  readonly figures: TypeFigures
}): ReactNode {
  const share = handled + failures > 0 ? (failures / (handled + failures)) * 100 : 0
  return (
    <>
      <Count value={handled} />
      <Count value={unhandled} tone="hb-warn" mark="○" title={`of ${wholeNumber(published)} events`} />
      <Count value={failures} tone="hb-error" mark="✕" title={`${share.toFixed(1)} % of all calls`} />
      <Percentile ms={ms.p50} samples={ms.samples} />
      <Percentile ms={ms.p95} samples={ms.samples} />
      <Percentile ms={ms.p99} samples={ms.samples} />
      <Count value={ms.samples} tone="hb-dim" />
    </>
  )
}

interface CountProps {
  readonly value: number
  readonly tone?: string
  readonly mark?: string
  readonly title?: string
}

function Count({ value, tone = '', mark = '', title }: CountProps): ReactNode {
  if (value === 0) return <td className="hb-faint">0</td>
  return (
    <td className={tone} title={title}>
      {mark !== '' && <span aria-hidden="true">{mark} </span>}
      {wholeNumber(value)}
    </td>
  )
}

function Percentile({ ms, samples }: { readonly ms: number; readonly samples: number }): ReactNode {
  return samples === 0 ? <td className="hb-faint">–</td> : <td>{duration(ms)}</td>
}
