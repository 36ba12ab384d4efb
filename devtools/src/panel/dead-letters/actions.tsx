import type { ReactNode } from 'react'
import { Button } from '../look/button.tsx'
import { wholeNumber } from '../look/figures.ts'
import type { Desk } from './desk.ts'
import { DiscardButton } from './discard-button.tsx'
import type { LetterLine } from './letter-lines.ts'
import { usePlan } from './plan.ts'

const MAY_NOT = 'From here they can be looked at, and not acted on'

interface Props {
  readonly desk: Desk
  readonly line: LetterLine
  readonly children?: ReactNode
}

/** What can be done with the chosen letters, and where they would go. */
export function Actions({ desk, line, children }: Props): ReactNode {
  const { id, letters } = line
  const plan = usePlan(desk.letters, letters)
  const isUnderWay = letters.every((letter) => desk.underWay.has(letter.id))
  const mayAct = desk.mayAct(letters)
  const count = letters.length === 1 ? '' : ` ${wholeNumber(letters.length)}`
  return (
    <>
      <div className="hb-letter-actions">
        <Button
          label="Hand on again"
          keys="R"
          outlined
          disabled={isUnderWay || !mayAct}
          onClick={() => desk.redrive(letters)}
        >
          Redrive{count}
        </Button>
        <DiscardButton desk={desk} target={id} letters={letters} keys="Delete, twice">
          Discard{count}
        </DiscardButton>
        {children}
      </div>
      <p className="hb-letter-plan">{isUnderWay ? `↻ ${whereTo(line)}` : mayAct ? plan : MAY_NOT}</p>
    </>
  )
}

function whereTo({ group }: LetterLine): string {
  return group.group === '' ? 'With the handler now' : 'On the way'
}
