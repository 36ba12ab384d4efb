import { leadOf } from '../look/tree-keys.ts'
import type { Desk } from './desk.ts'
import type { LetterLine } from './letter-lines.ts'

interface Key {
  readonly key: string
  /** It is held down. */
  readonly repeat: boolean
}

/** What a key does with the line that is chosen; the others move. */
const deeds: Readonly<Record<string, (desk: Desk, line: LetterLine, at: number) => void>> = {
  Enter: (desk, { id }, at) => desk.read(id, at),
  r: (desk, { letters }) => desk.redrive(letters),
  Delete: (desk, { id, letters }) => desk.discard(id, letters),
  Backspace: (desk, { id, letters }) => desk.discard(id, letters),
}

/** Does what a key asks of the tree, whose current line is `at`. False when the key is none of the tree's. */
export function pressLetterKey(
  { key, repeat }: Key,
  desk: Desk,
  lines: readonly LetterLine[],
  at: number,
): boolean {
  const lead = leadOf(key, lines, at)
  const line = lines[at]!
  const deed = repeat || !Object.hasOwn(deeds, key) ? undefined : deeds[key]
  if (lead === 'toggle') desk.toggle(line.group.id)
  else if (lead !== undefined) desk.choose(lines[lead]!.id, lead)
  else if (deed !== undefined) deed(desk, line, at)
  else if (key === 'Escape' && desk.armed !== undefined) desk.disarm()
  else return false
  return true
}
