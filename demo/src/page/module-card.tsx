import { memo, type ReactNode } from 'react'
import type { CardView } from './card-view.ts'
import { count, timeOfDay } from './numbers.ts'
import { Topic } from './topic.tsx'
import { TroubleLine, Troubles } from './troubles.tsx'

/** One module: what it knows, hears and says, and how it fares. */
export const ModuleCard = memo(function ModuleCard(props: CardView): ReactNode {
  const { name, place, consumes, publishes, handled, failures, trouble, state, needsCare } = props
  return (
    <article className={trouble ? 'card failing' : 'card'} aria-label={name} data-testid={`module-${name}`}>
      <header>
        <h3>
          {/* A new lamp with every change: it lights up, and goes out by itself. */}
          <span key={handled} className={handled > 0 ? 'lamp lit' : 'lamp'} aria-hidden="true" />
          {name}
        </h3>
        <span className="quiet">
          {failures > 0 && (
            <>
              <b data-testid="failures">{count(failures)}</b> failed ·{' '}
            </>
          )}
          <b data-testid="handled">{count(handled)}</b> handled
        </span>
      </header>
      <p className="state" title={state}>
        {needsCare && (
          <span className="warn" aria-hidden="true">
            ▲{' '}
          </span>
        )}
        <span data-testid="state">{state}</span>
      </p>
      {trouble ? <TroubleLine {...trouble} /> : <LastEvent {...props} />}
      <Troubles {...props} />
      <dl>
        {place !== undefined && (
          <div>
            <dt>runs</dt>
            <dd>in the {place}</dd>
          </div>
        )}
        <Topics title="hears" names={consumes} />
        <Topics title="says" names={publishes} />
      </dl>
    </article>
  )
})

function LastEvent({ last }: CardView): ReactNode {
  if (last === undefined) return <p className="last">nothing heard yet</p>
  return (
    <p className="last">
      <Topic name={last.type} /> <time>{timeOfDay(last.time)}</time>
    </p>
  )
}

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
