import { memo, type ReactNode, useEffect, useState } from 'react'
import { KEPT, type Past, type Summary, summaryOf } from '../past/past.ts'
import { type Rehearsal, rehearse } from '../past/rehearsal.ts'
import { count, counted, moment, timeOfDay } from './numbers.ts'
import { Topic } from './topic.tsx'

const MINUTE = 60_000 // ms

/** What this browser remembers from before the page was opened. */
export const PastPanel = memo(function PastPanel({ past }: { readonly past: Past | undefined }): ReactNode {
  const summary = useSummary(past)
  return (
    <section className="panel past" aria-labelledby="past">
      <h2 id="past">What happened before</h2>
      <div className="frame box" data-testid="past">
        {past === undefined ? (
          <p className="quiet">This browser keeps no history: its storage is closed to this page.</p>
        ) : summary === undefined ? (
          <p className="quiet">
            Nothing yet. Every event is kept in this browser for seven days, {count(KEPT)} at most: reload the
            page, and it is here.
          </p>
        ) : (
          <Remembered past={past} summary={summary} />
        )}
      </div>
    </section>
  )
})

/** Undefined as long as it is not known, and when there is nothing. */
function useSummary(past: Past | undefined): Summary | undefined {
  const [summary, setSummary] = useState<Summary>()
  useEffect(() => {
    // What can't be read is told by the bus, which writes to the same log.
    if (past !== undefined) summaryOf(past).then(setSummary, () => undefined)
  }, [past])
  return summary
}

interface Props {
  readonly past: Past
  readonly summary: Summary
}

function Remembered({ past, summary: { count: events, oldest, newest } }: Props): ReactNode {
  const [rehearsal, setRehearsal] = useState<Rehearsal | 'running'>()
  const last = newest[0] ?? oldest
  const run = (): void => {
    setRehearsal('running')
    rehearse(past.log, last, MINUTE).then(setRehearsal, () => setRehearsal(undefined))
  }
  return (
    <>
      <p className="lead">
        <b data-testid="past-count">{counted(events, 'event')}</b>
        <span className="quiet">
          <time>{moment(oldest.time)}</time> – <time>{moment(last.time)}</time>
        </span>
        <button type="button" disabled={rehearsal === 'running'} onClick={run}>
          Replay its last minute
        </button>
      </p>
      {rehearsal !== undefined && rehearsal !== 'running' ? (
        <Outcome {...rehearsal} />
      ) : (
        <ol className="events" data-testid="past-events">
          {newest.map((event) => (
            <li key={event.id}>
              <time>{timeOfDay(event.time)}</time> <Topic name={event.type} />
            </li>
          ))}
        </ol>
      )}
    </>
  )
}

function Outcome({ events, states }: Rehearsal): ReactNode {
  return (
    <div data-testid="rehearsal">
      <p>{counted(events, 'event')} again, on a bus that nothing leaves. Its modules know now:</p>
      <dl className="states">
        {[...states].map(([name, state]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd title={state}>{state}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
