import type { TypeCounts, TypeFigures } from '../../model/statistics.ts'
import { perSecond, wholeNumber } from '../look/figures.ts'
import { Sparkline } from '../look/sparkline.tsx'
import { Topic } from '../look/topic.tsx'
import { Count, Failures, Percentile, TimeCell } from './cells.tsx'
import type { Column } from './column.ts'

/** A type's figures, each read when it is asked for: sorting asks for one of them of every type. */
export class TypeLine {
  readonly counts: TypeCounts
  /** Of all events that were published, 0 to 1. */
  readonly share: number
  readonly #now: number
  #ms: TypeFigures['ms'] | undefined = undefined

  /** `all` counts every type; `now` in epoch ms. */
  constructor(counts: TypeCounts, all: TypeCounts, now: number) {
    this.counts = counts
    this.share = counts.published / Math.max(1, all.published)
    this.#now = now
  }

  /** Events published per second, over the last 5 whole seconds. */
  get rate(): number {
    return this.counts.seconds.rate(this.#now)
  }

  /** Events of each of the last 60 whole seconds, oldest first. */
  get recent(): readonly number[] {
    return this.counts.seconds.last(60, this.#now)
  }

  get ms(): TypeFigures['ms'] {
    return (this.#ms ??= this.counts.figures(this.#now).ms)
  }
}

/** `onOpen` shows the events of a type. */
export function typeColumns(onOpen: (type: string) => void): readonly Column<TypeLine>[] {
  return [
    {
      id: 'topic',
      title: 'Topic',
      hint: 'Name of the type',
      width: 206,
      grows: true,
      isText: true,
      sortBy: ({ counts }) => counts.type,
      cell: ({ counts: { type } }) => (
        <td title={type}>
          <button
            type="button"
            className="hb-table-name"
            title="Show its events"
            onClick={() => onOpen(type)}
          >
            <Topic topic={type} />
          </button>
        </td>
      ),
    },
    {
      id: 'count',
      title: 'Count',
      hint: 'Events that entered the bus, and their share of all',
      width: 108,
      sortBy: ({ counts }) => counts.published,
      cell: ({ counts: { published }, share }) => (
        <td>
          {wholeNumber(published)}
          <span className="hb-table-share" title={`${(share * 100).toFixed(1)} % of all events`}>
            <span style={{ width: `${share * 100}%` }} />
          </span>
        </td>
      ),
    },
    {
      id: 'rate',
      title: 'Rate',
      hint: 'Events a second, over 5 s; the course of a minute',
      width: 120,
      sortBy: ({ rate }) => rate,
      cell: ({ rate, recent }) => (
        <td className={rate === 0 ? 'hb-faint' : ''}>
          {perSecond(rate)}{' '}
          <span className="hb-table-spark">
            <Sparkline values={recent} width={44} />
          </span>
        </td>
      ),
    },
    ...outcomeColumns,
    {
      id: 'newest',
      title: 'Last',
      hint: 'When the newest came',
      width: 76,
      sortBy: ({ counts }) => counts.newest,
      cell: ({ counts: { newest } }) => <TimeCell at={newest} />,
    },
  ]
}

const outcomeColumns: readonly Column<TypeLine>[] = [
  {
    id: 'handled',
    title: 'Handled',
    hint: 'Calls of handlers that ended well: two handlers of one event count two',
    width: 66,
    sortBy: ({ counts }) => counts.handled,
    cell: ({ counts: { handled } }) => <Count value={handled} />,
  },
  {
    id: 'unhandled',
    title: 'Unhandled',
    hint: 'Events that no handler took',
    width: 80,
    sortBy: ({ counts }) => counts.unhandled,
    cell: ({ counts: { unhandled } }) => <Count value={unhandled} tone="hb-warn" mark="○" />,
  },
  {
    id: 'failures',
    title: 'Failed',
    hint: 'Calls of handlers that failed, and their share of all calls',
    width: 116,
    sortBy: ({ counts }) => counts.failures,
    cell: ({ counts: { failures, handled } }) => <Failures failures={failures} handled={handled} />,
  },
  percentileColumn('p50', 'Half of the calls took no longer'),
  percentileColumn('p95', '95 % of the calls took no longer'),
  percentileColumn('p99', '99 % of the calls took no longer'),
  {
    id: 'samples',
    title: 'n',
    hint: 'Calls that were timed: the percentiles rest on these',
    width: 58,
    sortBy: ({ ms }) => ms.samples,
    cell: ({ ms }) => <Count value={ms.samples} tone="hb-dim" />,
  },
]

function percentileColumn(id: 'p50' | 'p95' | 'p99', hint: string): Column<TypeLine> {
  return {
    id,
    title: id,
    hint,
    width: 76,
    sortBy: ({ ms }) => ms[id],
    cell: ({ ms }) => <Percentile ms={ms[id]} samples={ms.samples} />,
  }
}
