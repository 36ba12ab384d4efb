import { systemClock } from '@heliobus/core'
import type { ReactNode } from 'react'
import type { Absence } from '../station/absences.ts'
import { counted, seconds, timeOfDay } from './numbers.ts'

/** What became of the times without the hub. */
export function AbsenceList({ absences }: { readonly absences: readonly Absence[] }): ReactNode {
  if (absences.length === 0) return <p className="quiet">Never lost since this page was opened.</p>
  return (
    <ol className="absences" data-testid="absences">
      {absences.map((absence) => (
        <li key={absence.from}>
          <time>{timeOfDay(absence.from)}</time> {sentenceOf(absence)}
          {absence.until !== undefined && <Verdict {...absence} />}
        </li>
      ))}
    </ol>
  )
}

function sentenceOf({ from, until, waited }: Absence): string {
  const away = `away for ${seconds((until ?? systemClock.now()) - from)}`
  if (until === undefined) return `${away} so far; what happens here waits`
  return waited === 0 ? away : `${away}; ${counted(waited, 'event')} waited, and went out`
}

function Verdict({ gap }: Pick<Absence, 'gap'>): ReactNode {
  if (gap === undefined) return <span className="ok"> · nothing missed</span>
  const { missing, reason } = gap
  const what = missing === undefined ? 'something may be missing' : `${counted(missing, 'event')} missing`
  return (
    <span className="warn">
      {' '}
      · gap: {what}, {reason}
    </span>
  )
}
