import type { BusStats } from '@heliobus/core'
import type { ReactNode } from 'react'
import { count, rate } from './numbers.ts'

interface Props {
  readonly stats: BusStats
  readonly published: number
  readonly arrived: number
  /** Events that handlers are at work with, or that wait for them. */
  readonly inFlight: number
  readonly letters: number
}

/** The bus in numbers. */
export function Figures({ stats, published, arrived, inFlight, letters }: Props): ReactNode {
  const perSecond = Object.values(stats.byType).reduce((sum, type) => sum + type.rate, 0)
  return (
    <dl className="figures" aria-label="Totals">
      <Figure name="Events / s" id="rate" value={rate(perSecond)} />
      <Figure name="Published here" id="here" value={count(published)} />
      <Figure name="From elsewhere" id="arrived" value={count(arrived)} />
      <Figure name="All events" id="published" value={count(stats.published)} />
      <Figure name="Delivered" id="delivered" value={count(stats.delivered)} />
      <Figure name="In flight" id="in-flight" value={count(inFlight)} />
      <Figure name="Failures" id="failures" value={count(stats.failures)} />
      <Figure name="Dead letters" id="dead-letters" value={count(letters)} />
      <Figure name="Unhandled" id="unhandled" value={count(stats.unhandled)} />
    </dl>
  )
}

interface FigureProps {
  readonly name: string
  readonly id: string
  readonly value: string
}

function Figure({ name, id, value }: FigureProps): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd data-testid={id}>{value}</dd>
    </div>
  )
}
