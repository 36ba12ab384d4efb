import { type ReactNode, useEffect, useSyncExternalStore } from 'react'
import { rowsWith } from '../../model/rows-with.ts'
import { deliveriesCss } from '../inspector/deliveries.css.ts'
import { Button } from '../look/button.tsx'
import { wholeNumber } from '../look/figures.ts'
import { lineTreeCss } from '../look/line-tree.css.ts'
import { useStyles } from '../look/use-styles.ts'
import type { Session } from '../state/session.ts'
import { useFrame, usePanel, useSession } from '../use-panel.ts'
import { deadLettersCss } from './dead-letters.css.ts'
import { type Desk, deskOf } from './desk.ts'
import { Detail } from './detail.tsx'
import { letterLines } from './letter-lines.ts'
import { LettersBar } from './letters-bar.tsx'
import { LetterTree } from './letter-tree.tsx'

const css = lineTreeCss + deliveriesCss + deadLettersCss
const INTERVAL = 500 // ms: what changes faster can't be read

/** What handlers gave up on: why, and what can be done about it. */
export function DeadLettersView(): ReactNode {
  const session = useSession()
  const dress = useStyles(css)
  const desk = deskOf(session)
  useFrame(INTERVAL)
  return (
    <div ref={dress} className="hb-letters">
      {desk === undefined ? <NoDesk session={session} /> : <Clinic key={session.name} desk={desk} />}
    </div>
  )
}

function Clinic({ desk }: { readonly desk: Desk }): ReactNode {
  const { far } = desk
  useSyncExternalStore(desk.listen, () => desk.version)
  useEffect(() => far?.watch(), [far])
  const lines = letterLines(desk.groups(), desk.unfolded)
  const chosen = lines.find(({ id }) => id === desk.chosen)
  const isEmpty = desk.size === 0 && desk.chosen === undefined
  if (isEmpty && desk.remark === '') return <NoLetters />
  return (
    <>
      <LettersBar desk={desk} />
      <div className="hb-letters-body" data-read={desk.isRead ? '' : undefined}>
        <div className="hb-letters-list">
          {lines.length > 0 ? <LetterTree desk={desk} lines={lines} /> : <NothingFound desk={desk} />}
        </div>
        <section className="hb-letters-detail" aria-label="What is chosen">
          <Detail desk={desk} line={desk.chosen === undefined ? lines[0] : chosen} />
        </section>
      </div>
    </>
  )
}

function NoLetters(): ReactNode {
  return (
    <div className="hb-note">
      <strong>No dead letters</strong>
      <span>
        What a handler gives up on, after its last retry, waits here to be looked into and handed on again
      </span>
    </div>
  )
}

function NothingFound({ desk }: { readonly desk: Desk }): ReactNode {
  if (desk.size === 0) return <p className="hb-letters-none">No dead letters are left</p>
  return (
    <div className="hb-note">
      <strong>None of {wholeNumber(desk.size)} dead letters fits</strong>
      <Button label="Clear the search" outlined onClick={() => desk.search('')}>
        Clear the search
      </Button>
    </div>
  )
}

/** A recording, or a bus that keeps its letters to itself. */
function NoDesk({ session }: { readonly session: Session }): ReactNode {
  const panel = usePanel()
  const count = rowsWith(session.recorder.rows, 'dead')
  const isRecording = session.bus === undefined
  const show = (): void => {
    session.view.setFilter('is:dead')
    panel.show('stream')
  }
  return (
    <div className="hb-note">
      <strong>
        {isRecording ? 'A recording has no dead letters' : 'This bus keeps its dead letters to itself'}
      </strong>
      <span>
        {isRecording
          ? 'They stayed with the bus that was recorded.'
          : 'They can be looked into where it runs.'}{' '}
        {count === 0
          ? 'No event of the list was given up'
          : `Of the events in the list, ${wholeNumber(count)} ${count === 1 ? 'was' : 'were'} given up`}
      </span>
      {count > 0 && (
        <Button label="Show the events that were given up" outlined onClick={show}>
          Show {count === 1 ? 'it' : 'them'}
        </Button>
      )}
    </div>
  )
}
