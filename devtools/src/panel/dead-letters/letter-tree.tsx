import type { ReactNode } from 'react'
import { LineTree } from '../look/line-tree.tsx'
import type { Desk } from './desk.ts'
import { pressLetterKey } from './letter-keys.ts'
import { LetterLineView } from './letter-line.tsx'
import type { LetterLine } from './letter-lines.ts'

const HEIGHT = 40 // px

interface Props {
  readonly desk: Desk
  /** Never empty. */
  readonly lines: readonly LetterLine[]
}

/** Groups and their letters. R redrives what is chosen, Delete pressed twice discards it. */
export function LetterTree({ desk, lines }: Props): ReactNode {
  const chosen = desk.chosen === undefined ? 0 : lines.findIndex((line) => line.id === desk.chosen)
  const at = chosen >= 0 ? chosen : Math.min(desk.place, lines.length - 1)
  return (
    <LineTree
      label="Dead letters"
      lines={lines}
      height={HEIGHT}
      at={at}
      chosen={chosen}
      onMove={(to) => desk.choose(lines[to]!.id, to)}
      onPress={(to) => desk.read(lines[to]!.id, to)}
      onToggle={({ group }) => desk.toggle(group.id)}
      onKey={(event, line) => pressLetterKey(event, desk, line)}
      onBlur={() => desk.disarm()}
      renderLine={(line) => <LetterLineView desk={desk} line={line} />}
    />
  )
}
