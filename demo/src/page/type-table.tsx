import { memo, type ReactNode } from 'react'
import { count, rate } from './numbers.ts'
import { Topic } from './topic.tsx'
import type { TypeView } from './view.ts'

/** How often each event of the catalog happened. */
export function TypeTable({ types }: { readonly types: readonly TypeView[] }): ReactNode {
  return (
    <section className="panel types" aria-labelledby="types">
      <h2 id="types">Event types</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">Type</th>
            <th scope="col">Count</th>
            <th scope="col">Per s</th>
          </tr>
        </thead>
        <tbody data-testid="types">
          {types.map((view) => (
            <Row key={view.type} {...view} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

const Row = memo(function Row({ type, count: happened, rate: perSecond }: TypeView): ReactNode {
  return (
    <tr data-type={type} className={happened === 0 ? 'quiet' : ''}>
      <td>
        <Topic name={type} />
      </td>
      <td data-testid="count">{count(happened)}</td>
      <td>{rate(perSecond)}</td>
    </tr>
  )
})
