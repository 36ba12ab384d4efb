import type { ReactNode } from 'react'
import { lettersByModule } from '../dead-letters.ts'
import type { Trouble } from '../health.ts'
import { useBus } from './bus-hooks.ts'
import type { CardView } from './card-view.ts'
import { counted, seconds } from './numbers.ts'

/** What is wrong with a module now. */
export function TroubleLine({ handler, attempt, retryIn }: Trouble): ReactNode {
  const [state, text] =
    retryIn === undefined
      ? ['gave up', `${handler}, after ${counted(attempt, 'attempt')}`]
      : ['failing', `${handler}, attempt ${attempt + 1} in ${seconds(retryIn)}`]
  return (
    <p className="last" data-testid="trouble" title={text}>
      <b className="error">
        <span aria-hidden="true">✕ </span>
        {state}
      </b>{' '}
      · {text}
    </p>
  )
}

/** How often a module tried again, and what it gave up on all the same. */
export function Troubles({ name, failures, retries, letters }: CardView): ReactNode {
  const bus = useBus()
  if (failures === 0) return null
  const redrive = (): void => {
    for (const { id } of lettersByModule(bus).get(name) ?? [])
      // A letter that has gone meanwhile needs no redrive.
      void bus.deadLetters.redrive(id).catch(() => undefined)
  }
  return (
    <div className="troubles">
      <span data-testid="retries">{counted(retries, 'retry', 'retries')}</span>
      <span data-testid="letters" className={letters > 0 ? 'error' : ''}>
        {counted(letters, 'dead letter')}
      </span>
      <button type="button" disabled={letters === 0} onClick={redrive}>
        Redrive
      </button>
    </div>
  )
}
