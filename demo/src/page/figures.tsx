import type { ReactNode } from 'react'
import { count, rate } from './numbers.ts'
import type { View } from './view.ts'

/** The bus in numbers. */
export function Figures({ published, arrived, totals }: View): ReactNode {
  return (
    <dl className="figures" aria-label="Totals">
      <Figure name="Published here" id="here" value={count(published)} />
      <Figure name="From other tabs" id="arrived" value={count(arrived)} />
      <Figure name="All events" id="published" value={count(totals.published)} />
      <Figure name="Delivered" id="delivered" value={count(totals.delivered)} />
      <Figure name="Failures" id="failures" value={count(totals.failures)} />
      <Figure name="Unhandled" id="unhandled" value={count(totals.unhandled)} />
      <Figure name="Events / s" id="rate" value={rate(totals.rate)} />
    </dl>
  )
}

interface Props {
  readonly name: string
  readonly id: string
  readonly value: string
}

function Figure({ name, id, value }: Props): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd data-testid={id}>{value}</dd>
    </div>
  )
}
