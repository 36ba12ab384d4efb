import type { KeyboardEvent, ReactNode } from 'react'
import type { ListedLetter } from '../../model/listed-letter.ts'
import { wholeNumber } from '../look/figures.ts'
import { Button } from '../look/button.tsx'
import type { Desk } from './desk.ts'

interface Props {
  readonly desk: Desk
  /** Names what is discarded: a second press must mean the same. */
  readonly target: string
  readonly letters: readonly ListedLetter[]
  readonly keys?: string
  readonly children: ReactNode
}

/** Discards with the second press. Escape, or leaving the button, takes the first one back. */
export function DiscardButton({ desk, target, letters, keys, children }: Props): ReactNode {
  const isArmed = desk.armed === target
  const press = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !isArmed) return
    desk.disarm()
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys bubble here from the button
    <span onKeyDown={press} onBlur={() => desk.disarm()}>
      <Button
        label="Discard: they can't be brought back"
        keys={keys}
        outlined
        disabled={letters.length === 0 || !desk.mayAct(letters)}
        className={isArmed ? 'hb-letters-armed' : ''}
        onClick={() => desk.discard(target, letters)}
      >
        <span aria-live="polite">
          {isArmed ? `Press again: discard ${wholeNumber(letters.length)}` : children}
        </span>
      </Button>
    </span>
  )
}
