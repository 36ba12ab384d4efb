import { memo, type ReactNode } from 'react'
import type { CardView } from './card-view.ts'
import { count, timeOfDay } from './numbers.ts'
import { Topic } from './topic.tsx'

/** One module: what it knows, hears and says. */
export const ModuleCard = memo(
  function ModuleCard(props: CardView): ReactNode {
    const { name, consumes, publishes, last, state, needsCare } = props
    return (
      <article className="card" aria-label={name} data-testid={`module-${name}`}>
        <CardHeader {...props} />
        <p className="state" title={state}>
          {needsCare && (
            <span className="warn" aria-hidden="true">
              ▲{' '}
            </span>
          )}
          <span data-testid="state">{state}</span>
        </p>
        <p className="last">
          {last === undefined ? (
            'nothing heard yet'
          ) : (
            <>
              <Topic name={last.type} /> <time>{timeOfDay(last.time)}</time>
            </>
          )}
        </p>
        <dl>
          <Topics title="hears" names={consumes} />
          <Topics title="says" names={publishes} />
        </dl>
      </article>
    )
  },
  (before, now) =>
    before.handled === now.handled &&
    before.failures === now.failures &&
    before.state === now.state &&
    before.last === now.last,
)

function CardHeader({ name, handled, failures }: CardView): ReactNode {
  return (
    <header>
      <h3>
        {/* A new lamp with every change: it lights up, and goes out by itself. */}
        <span key={handled} className={handled > 0 ? 'lamp lit' : 'lamp'} aria-hidden="true" />
        {name}
      </h3>
      <span className={failures > 0 ? 'error' : 'quiet'}>
        {failures > 0 ? `✕ ${count(failures)} failed · ` : ''}
        <b data-testid="handled">{count(handled)}</b> handled
      </span>
    </header>
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
