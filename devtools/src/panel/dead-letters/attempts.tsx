import { type ReactNode, useState } from 'react'
import type { ListedLetter } from '../../model/listed-letter.ts'
import { ErrorView } from '../inspector/error-view.tsx'
import { clockTime, duration, wholeNumber } from '../look/figures.ts'

const SHOWN = 10
const KEPT = 100 // by the bus, of one letter

type Attempt = ListedLetter['attempts'][number]

/** Every call that failed, oldest first; of many, the newest until all are asked for. */
export function Attempts({ letter: { attempts } }: { readonly letter: ListedLetter }): ReactNode {
  const [isAll, showAll] = useState(false)
  const from = isAll ? 0 : Math.max(0, attempts.length - SHOWN)
  return (
    <>
      <h3>{attempts.length === 1 ? 'One attempt' : `${wholeNumber(attempts.length)} attempts`}</h3>
      {attempts.length >= KEPT && (
        <p className="hb-warn">There may have been more: the newest {KEPT} are kept</p>
      )}
      {from > 0 && (
        <button type="button" className="hb-left-out" onClick={() => showAll(true)}>
          {wholeNumber(from)} earlier: show
        </button>
      )}
      <ol className="hb-steps" aria-label="Attempts">
        {attempts.slice(from).map((attempt, index) => (
          <Line key={from + index} attempt={attempt} before={attempts[from + index - 1]} />
        ))}
      </ol>
    </>
  )
}

function Line({
  attempt,
  before,
}: {
  readonly attempt: Attempt
  readonly before: Attempt | undefined
}): ReactNode {
  const { attempt: call, at, ms, error } = attempt
  const gap = before === undefined ? '' : `${duration(Math.max(0, at - before.at))} later`
  return (
    <li>
      <div className="hb-delivery-line">
        <span className="hb-delivery-name">
          {call === 0 ? 'Never called' : `Call ${call} failed`}
          {ms !== undefined && ` after ${duration(ms)}`}
        </span>
        <span className="hb-faint">{gap}</span>
        <time className="hb-mono hb-dim">{clockTime(at)}</time>
      </div>
      <ErrorView error={error} />
    </li>
  )
}
