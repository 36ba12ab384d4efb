import type { ReactNode } from 'react'
import type { ListedLetter } from '../../model/listed-letter.ts'
import { ErrorView } from '../inspector/error-view.tsx'
import { PayloadBrowser } from '../inspector/payload-browser.tsx'
import { Button } from '../look/button.tsx'
import { clockTime } from '../look/figures.ts'
import { Topic } from '../look/topic.tsx'
import { usePanel, useSession } from '../use-panel.ts'
import { Actions } from './actions.tsx'
import { FarFacts, FarLetterPayload } from './far-letter.tsx'
import { isFar } from './is-far.ts'
import { Attempts } from './attempts.tsx'
import type { Desk } from './desk.ts'
import type { LetterLine } from './letter-lines.ts'
import { kindText } from './letter-reason.ts'
import { fateText } from './tally.ts'

interface Props {
  readonly desk: Desk
  readonly line: LetterLine
  readonly letter: ListedLetter
}

/** One letter: its event, and every attempt. */
export function LetterDetail({ desk, line, letter }: Props): ReactNode {
  const { event, handler, kind, attempts, error, at } = letter
  const { discretion } = useSession()
  const told = desk.toldOf(letter.id)
  return (
    <>
      <header className="hb-letter-head">
        <h2 className="hb-mono hb-selectable">
          <Topic topic={event.type} />
        </h2>
        <p className="hb-dim">
          {handler !== undefined && <>{handler} · </>}
          {kindText(kind)} · {clockTime(at)}
        </p>
        {isFar(letter) && <FarFacts letter={letter} />}
        <Actions desk={desk} line={line}>
          <ShowEvent id={event.id} />
        </Actions>
        {told !== undefined && (
          <p className={told.fate === 'handled' ? 'hb-ok' : 'hb-warn'}>
            Redriven at {clockTime(told.at)}: {fateText(told.fate)}
          </p>
        )}
      </header>
      {attempts.length > 0 ? (
        <Attempts letter={letter} />
      ) : (
        error !== undefined && <ErrorView error={error} />
      )}
      <h3>Payload</h3>
      {isFar(letter) ? (
        <FarLetterPayload key={letter.id} letter={letter} />
      ) : (
        <PayloadBrowser key={event.id} data={discretion.shown(event).data} />
      )}
      <Envelope event={event} />
    </>
  )
}

/** The event in the list, where there is more to know of it, while it is still there. */
function ShowEvent({ id }: { readonly id: string }): ReactNode {
  const panel = usePanel()
  const { recorder, view } = useSession()
  const row = recorder.rows.rowOfId(id)
  if (row < 0) return null
  const show = (): void => {
    view.select(row)
    panel.show('stream')
  }
  return (
    <Button label="Select the event in the list" onClick={show}>
      Show the event
    </Button>
  )
}

function Envelope({ event }: Pick<ListedLetter, 'event'>): ReactNode {
  const facts = [
    ['id', event.id],
    ['source', event.source],
    ['user', event.userId],
    ['subject', event.subject],
    ['published', clockTime(event.time)],
    ['flow', event.correlationId],
  ] as const
  return (
    <dl className="hb-letter-envelope">
      {facts.map(
        ([name, value]) =>
          typeof value === 'string' && (
            <div key={name}>
              <dt>{name}</dt>
              <dd className="hb-mono hb-selectable">{value}</dd>
            </div>
          ),
      )}
    </dl>
  )
}
