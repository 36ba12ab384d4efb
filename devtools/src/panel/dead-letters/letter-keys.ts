import type { Desk } from './desk.ts'
import type { LetterLine } from './letter-lines.ts'

interface Key {
  readonly key: string
  /** It is held down. */
  readonly repeat: boolean
}

/** What keys do with the line that is chosen. */
const deeds: Readonly<Record<string, (desk: Desk, line: LetterLine) => void>> = {
  r: (desk, { letters }) => desk.redrive(letters),
  Delete: (desk, { id, letters }) => desk.discard(id, letters),
  Backspace: (desk, { id, letters }) => desk.discard(id, letters),
}

/** Does what a key asks of a line. False when it is none of the tree's. */
export function pressLetterKey({ key, repeat }: Key, desk: Desk, line: LetterLine): boolean {
  const deed = repeat || !Object.hasOwn(deeds, key) ? undefined : deeds[key]
  if (deed !== undefined) deed(desk, line)
  else if (key === 'Escape' && desk.armed !== undefined) desk.disarm()
  else return false
  return true
}
