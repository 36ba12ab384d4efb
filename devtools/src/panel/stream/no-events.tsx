import type { ReactNode } from 'react'
import { Button } from '../look/button.tsx'
import { useSession } from '../use-panel.ts'

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
