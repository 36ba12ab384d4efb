import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useId, useRef } from 'react'
import { reveal } from '../look/reveal.ts'
import { useSight } from '../look/use-sight.ts'
import { usePlace } from '../use-panel.ts'
import type { Desk } from './desk.ts'
import { LETTER_LINE, LetterLineView } from './letter-line.tsx'
import { pressLetterKey } from './letter-keys.ts'
import type { LetterLine } from './letter-lines.ts'

interface Props {
  readonly desk: Desk
  /** Never empty. */
  readonly lines: readonly LetterLine[]
}

/** Groups and their letters: one stop of the Tab key. R redrives what is chosen, Delete pressed twice discards it. */
export function LetterTree({ desk, lines }: Props): ReactNode {
  const tree = useRef<HTMLDivElement>(null)
  const id = useId()
  const chosen = desk.chosen === undefined ? 0 : lines.findIndex((line) => line.id === desk.chosen)
  const at = chosen >= 0 ? chosen : Math.min(desk.place, lines.length - 1)
  usePlace(
    'list',
    useCallback(() => tree.current?.focus(), []),
  )
  const { from, to } = useSight(tree, lines.length, LETTER_LINE)
  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || !pressLetterKey(event, desk, lines, at)) return
    event.preventDefault()
    event.stopPropagation()
  }
  useEffect(() => reveal(tree.current, at, LETTER_LINE), [at])
  return (
    <div
      ref={tree}
      role="tree"
      className="hb-letter-tree"
      aria-label="Dead letters"
      tabIndex={0}
      aria-activedescendant={`${id}${at}`}
      onKeyDown={press}
      onBlur={() => desk.disarm()}
    >
      <div role="none" className="hb-letter-room" style={{ height: lines.length * LETTER_LINE }}>
        {lines.map((line, index) =>
          // The chosen one stays, wherever it is scrolled to: the tree names it.
          index === at || (index >= from && index < to) ? (
            <LetterLineView
              key={line.id}
              id={`${id}${index}`}
              desk={desk}
              line={line}
              place={index}
              isChosen={index === chosen}
            />
          ) : null,
        )}
      </div>
    </div>
  )
}
