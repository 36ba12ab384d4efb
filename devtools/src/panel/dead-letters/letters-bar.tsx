import { type ReactNode, useMemo, useState } from 'react'
import type { ListedLetter } from '../../model/listed-letter.ts'
import { Button } from '../look/button.tsx'
import { wholeNumber } from '../look/figures.ts'
import { Icon } from '../look/icon.tsx'
import type { Desk } from './desk.ts'
import { DiscardButton } from './discard-button.tsx'
import { usePlan } from './plan.ts'

/** What is searched for, and what can be done with all that was found. */
export function LettersBar({ desk }: { readonly desk: Desk }): ReactNode {
  const [isAsking, ask] = useState(false)
  const groups = desk.groups()
  const found = useMemo(() => groups.flatMap(({ letters }) => letters), [groups])
  const all = desk.wanted === '' ? 'all' : 'these'
  return (
    <>
      <div className="hb-letters-bar">
        <label className="hb-letters-search">
          <Icon name="search" />
          <input
            aria-label="Search the dead letters"
            placeholder="Topic, handler or error"
            spellCheck={false}
            autoComplete="off"
            value={desk.wanted}
            onChange={(event) => desk.search(event.currentTarget.value)}
          />
        </label>
        <span className="hb-letters-count">{countText(found.length, desk.size, groups.length)}</span>
        <Button
          label={`Redrive ${all}`}
          outlined
          disabled={found.length === 0 || !desk.mayAct(found)}
          expanded={isAsking}
          onClick={() => ask(!isAsking)}
        >
          Redrive {all}…
        </Button>
        <DiscardButton desk={desk} target="all" letters={found}>
          Discard {all}
        </DiscardButton>
      </div>
      {isAsking && found.length > 0 && <Question desk={desk} letters={found} onDone={() => ask(false)} />}
      <output className="hb-letters-remark">{desk.remark}</output>
    </>
  )
}

interface QuestionProps {
  readonly desk: Desk
  readonly letters: readonly ListedLetter[]
  readonly onDone: () => void
}

/** Says where they would go before they do. */
function Question({ desk, letters, onDone }: QuestionProps): ReactNode {
  const plan = usePlan(desk.letters, letters)
  const redrive = (): void => {
    desk.redrive(letters)
    onDone()
  }
  return (
    <div className="hb-letters-question">
      <span>{plan}</span>
      <Button label="Redrive them" outlined onClick={redrive}>
        Redrive {wholeNumber(letters.length)}
      </Button>
      <Button label="Don't redrive" onClick={onDone}>
        Cancel
      </Button>
    </div>
  )
}

function countText(found: number, all: number, groups: number): string {
  const letters = found === 1 ? 'letter' : 'letters'
  const reasons = groups === 1 ? '1 reason' : `${wholeNumber(groups)} reasons`
  return found === all
    ? `${wholeNumber(found)} ${letters}, ${reasons}`
    : `${wholeNumber(found)} of ${wholeNumber(all)} letters, ${reasons}`
}
