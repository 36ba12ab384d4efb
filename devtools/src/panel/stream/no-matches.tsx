import { type ReactNode, useState } from 'react'
import { Button } from '../look/button.tsx'
import { clockTime, wholeNumber } from '../look/figures.ts'
import { useFrame, useSession } from '../use-panel.ts'
import { type Exclusion, strictestClause } from './exclusion.ts'

/** Instead of rows, when filter and time range let none through: what keeps them out, and how to have them back. */
export function NoMatches(): ReactNode {
  const { view, recorder } = useSession()
  useFrame(500)
  return (
    <div className="hb-note hb-stream-empty">
      <strong>{wholeNumber(recorder.rows.length)} events, none match</strong>
      {view.range !== undefined && (
        <span>
          Only those from {clockTime(view.range.from)} to {clockTime(view.range.to)} are looked at.
        </span>
      )}
      <Strictest key={view.text} />
      {view.range !== undefined && (
        <Button label="Clear the time range" outlined onClick={() => view.setRange(undefined)}>
          Clear the time range
        </Button>
      )}
    </div>
  )
}

/** The clause that excludes most. Looked for once for each filter: it may have to read payloads. */
function Strictest(): ReactNode {
  const { view, recorder, now } = useSession()
  const [strictest] = useState(() => strictestClause(view.parsed.filter, recorder.rows, now))
  if (view.text === '') return null
  return (
    <>
      {strictest !== undefined && (
        <span>
          <code className="hb-mono">{strictest.clause}</code> {shareOf(strictest)}
        </span>
      )}
      <div className="hb-row-of-buttons">
        {strictest !== undefined && strictest.rest !== '' && (
          <Button
            label={`Filter by ${strictest.rest}`}
            outlined
            onClick={() => view.setFilter(strictest.rest)}
          >
            Leave that out
          </Button>
        )}
        <Button label="Clear the filter" outlined onClick={() => view.setFilter('')}>
          Clear the filter
        </Button>
      </div>
    </>
  )
}

function shareOf({ passed, sample }: Exclusion): string {
  if (passed === 0) return `matches none of the newest ${wholeNumber(sample)}.`
  return `excludes most: alone it matches ${wholeNumber(passed)} of the newest ${wholeNumber(sample)}.`
}
