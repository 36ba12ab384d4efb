import type { BusStats } from '@heliobus/core'
import type { ReactNode } from 'react'
import { count, rate } from './numbers.ts'

interface Props {
  readonly stats: BusStats
  readonly published: number
  readonly arrived: number
}

/** The bus in numbers. */
export function Figures({ stats, published, arrived }: Props): ReactNode {
  const perSecond = Object.values(stats.byType).reduce((sum, type) => sum + type.rate, 0)
  return (
    <dl className="figures" aria-label="Totals">
      <Figure name="Events / s" id="rate" value={rate(perSecond)} />
      <Figure name="Published here" id="here" value={count(published)} />
      <Figure name="From other tabs" id="arrived" value={count(arrived)} />
      <Figure name="All events" id="published" value={count(stats.published)} />
      <Figure name="Delivered" id="delivered" value={count(stats.delivered)} />
      <Figure name="Failures" id="failures" value={count(stats.failures)} />
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
