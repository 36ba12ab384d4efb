import { memo, type ReactNode } from 'react'
import type { CardView } from './card-view.ts'
import { count } from './numbers.ts'
import { Topic } from './topic.tsx'

/** One module: what it hears, says and knows. */
export const ModuleCard = memo(function ModuleCard(props: CardView): ReactNode {
  const { name, consumes, publishes, handled, failures, last, state } = props
  return (
    <article className="card" aria-label={name} data-testid={`module-${name}`}>
      <header>
        <h3>{name}</h3>
        <span className={failures > 0 ? 'error' : 'quiet'}>
          {failures > 0 ? `✕ ${count(failures)} failed · ` : ''}
          <b data-testid="handled">{count(handled)}</b> handled
        </span>
      </header>
      <p className="state" data-testid="state" title={state}>
        {state}
      </p>
      <p className="last">last: {last === undefined ? '–' : <Topic name={last} />}</p>
      <dl>
        <Topics title="hears" names={consumes} />
        <Topics title="says" names={publishes} />
      </dl>
    </article>
  )
})

const Topics = memo(function Topics(props: { readonly title: string; readonly names: readonly string[] }) {
  if (props.names.length === 0) return null
  return (
    <div>
      <dt>{props.title}</dt>
      <dd>
        {props.names.map((name) => (
          <Topic key={name} name={name} />
        ))}
      </dd>
    </div>
  )
})
