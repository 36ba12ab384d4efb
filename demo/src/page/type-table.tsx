import type { BusStats } from '@heliobus/core'
import { memo, type ReactNode } from 'react'
import { catalog } from '../catalog/catalog.ts'
import { count, rate } from './numbers.ts'
import { Topic } from './topic.tsx'

const types = [...catalog].map(({ type }) => type)

/** How often each event of the catalog happened. */
export function TypeTable({ byType }: Pick<BusStats, 'byType'>): ReactNode {
  return (
    <section className="panel types" aria-labelledby="types">
      <h2 id="types">Event types</h2>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard too */}
      <div className="frame scroll" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">Type</th>
              <th scope="col">Count</th>
              <th scope="col">Per s</th>
            </tr>
          </thead>
          <tbody data-testid="types">
            {types.map((type) => (
              <Row
                key={type}
                type={type}
                happened={byType[type]?.published ?? 0}
                perSecond={rate(byType[type]?.rate ?? 0)}
              />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

interface RowProps {
  readonly type: string
  readonly happened: number
  readonly perSecond: string
}

const Row = memo(function Row({ type, happened, perSecond }: RowProps): ReactNode {
  return (
    <tr data-type={type} className={happened === 0 ? 'quiet' : ''}>
      <td>
        <Topic name={type} />
      </td>
      <td data-testid="count">{count(happened)}</td>
      <td>{perSecond}</td>
    </tr>
  )
})
