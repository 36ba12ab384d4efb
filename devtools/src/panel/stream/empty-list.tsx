import { type ReactNode, useState } from 'react'
import { Button } from '../look/button.tsx'
import { clockTime, wholeNumber } from '../look/figures.ts'
import { useFrame, useSession } from '../use-panel.ts'
import { type Exclusion, strictestClause } from './exclusion.ts'

/** Instead of rows, when nothing was recorded: what is listened to, and how events would come. */
export function NoEvents(): ReactNode {
  const session = useSession()
  const { recorder, name, bus } = session
  if (bus === undefined)
    return (
      <div className="hb-note hb-stream-empty">
        <strong>No events in this recording</strong>
      </div>
    )
  if (!recorder.recording)
    return (
      <div className="hb-note hb-stream-empty">
        <strong>Recording is stopped</strong>
        <span>Events pass unseen on “{name}”.</span>
        <div className="hb-row-of-buttons">
          <Button label="Record" icon="record" outlined onClick={() => session.setRecording(true)}>
            Record
          </Button>
        </div>
      </div>
    )
  return (
    <div className="hb-note hb-stream-empty">
      <strong>
        Listening on <em>{name}</em>. No events{' '}
        {recorder.rows.next > 0 ? 'since the list was cleared' : 'yet'}
      </strong>
      <span>They appear here as they are published on the bus, or come to it over a bridge.</span>
    </div>
  )
}

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
