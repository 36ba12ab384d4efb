import type { CSSProperties, ReactNode } from 'react'
import type { Person } from '../people/person.ts'
import { createRandom } from '../random.ts'
import { useHistory } from './bus-hooks.ts'
import { DOINGS, sentenceFor } from './sentence.ts'
import { count } from './numbers.ts'

interface Props {
  readonly people: ReadonlyMap<string, Person>
}

/** Who is there, each a star, and what they did last. */
export function PeoplePanel({ people }: Props): ReactNode {
  const doings = useHistory(DOINGS, { limit: 6, every: 400 })
  const awake = new Set(doings.map(({ userId }) => userId))
  return (
    <section className="panel people" aria-labelledby="people">
      <h2 id="people">
        People <span data-testid="people">{count(people.size)}</span>
      </h2>
      <div className="frame">
        <div className="constellation" aria-hidden="true">
          {[...people.values()].map(({ id, name, tier }) => (
            <i
              key={id}
              className={`${tier}${awake.has(id) ? ' awake' : ''}`}
              style={placeOf(id)}
              title={name}
            />
          ))}
        </div>
        <ol data-testid="doings">
          {doings.map((event) => (
            <li key={event.id}>
              <b>{people.get(event.userId ?? '')?.name ?? event.userId}</b>{' '}
              {sentenceFor(event.type, event.data)}
            </li>
          ))}
          {doings.length === 0 && <li className="quiet">Nobody has signed up yet.</li>}
        </ol>
      </div>
    </section>
  )
}

/** Everybody has a place of their own, always the same. */
function placeOf(id: string): CSSProperties {
  const random = createRandom(
    Array.from(id).reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), 7),
  )
  return { left: `${3 + random.next() * 94}%`, top: `${10 + random.next() * 80}%` }
}
