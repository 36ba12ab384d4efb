import type { ReactNode } from 'react'
import { Copying } from '../inspector/copying.tsx'
import { ErrorView } from '../inspector/error-view.tsx'
import { Button } from '../look/button.tsx'
import { clockTime, wholeNumber } from '../look/figures.ts'
import { Topic } from '../look/topic.tsx'
import { Actions } from './actions.tsx'
import type { Desk } from './desk.ts'
import { LetterDetail } from './letter-detail.tsx'
import type { LetterLine } from './letter-lines.ts'
import { kindText, letterReason } from './letter-reason.ts'

interface Props {
  readonly desk: Desk
  /** What is chosen; `undefined` when that is no longer there. */
  readonly line: LetterLine | undefined
}

/** The chosen letter or group: all there is to say, and what can be done. */
export function Detail({ desk, line }: Props): ReactNode {
  return (
    <Copying>
      <div className="hb-letter-back">
        <Button label="Back to the list" onClick={() => desk.leave()}>
          ‹ All letters
        </Button>
      </div>
      {line === undefined ? (
        <Gone />
      ) : (
        <div className="hb-scroll hb-letter" key={line.id}>
          {line.letters.length === 1 ? (
            <LetterDetail desk={desk} line={line} letter={line.letters[0]!} />
          ) : (
            <GroupDetail desk={desk} line={line} />
          )}
        </div>
      )}
    </Copying>
  )
}

function Gone(): ReactNode {
  return (
    <div className="hb-note">
      <strong>No longer among the dead letters</strong>
      <span>It was handled, discarded, or pushed out by newer ones</span>
    </div>
  )
}

function GroupDetail({ desk, line }: { readonly desk: Desk; readonly line: LetterLine }): ReactNode {
  const { group, letters } = line
  const [newest] = letters
  const oldest = letters.at(-1)!
  return (
    <>
      <header className="hb-letter-head">
        <h2 className="hb-mono hb-selectable">{letterReason(group)}</h2>
        <p className="hb-dim">
          {wholeNumber(letters.length)} letters of{' '}
          <span className="hb-mono">
            <Topic topic={group.topic} />
          </span>
          · {group.handler !== '' && `${group.handler} · `}
          {kindText(group.kind)} · {clockTime(oldest.at)} to {clockTime(newest!.at)}
        </p>
        <Actions desk={desk} line={line} />
      </header>
      {newest!.error !== undefined && (
        <>
          <h3>The newest error</h3>
          <ErrorView error={newest!.error} />
        </>
      )}
    </>
  )
}
