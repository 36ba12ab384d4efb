import type { DeadLetter } from '@heliobus/core'
import type { LetterGroup } from '../../model/letter-groups.ts'

/** A line of the tree: a group, or a letter of one that is unfolded. */
export interface LetterLine {
  readonly id: string
  readonly level: 1 | 2
  /** `undefined` for what can't be unfolded: a letter, a group of one. */
  readonly isOpen: boolean | undefined
  readonly group: LetterGroup
  /** What it stands for, newest first. */
  readonly letters: readonly DeadLetter[]
  readonly position: number
  readonly siblings: number
}

export function letterLines(
  groups: readonly LetterGroup[],
  unfolded: ReadonlySet<string>,
): readonly LetterLine[] {
  return groups.flatMap((group, index) => {
    const { id, letters } = group
    const isOpen = letters.length === 1 ? undefined : unfolded.has(id)
    const line: LetterLine = {
      id,
      level: 1,
      isOpen,
      group,
      letters,
      position: index + 1,
      siblings: groups.length,
    }
    return isOpen === true ? [line, ...linesIn(group)] : [line]
  })
}

function linesIn(group: LetterGroup): readonly LetterLine[] {
  const { letters } = group
  return letters.map((letter, index) => ({
    id: letterId(letter),
    level: 2,
    isOpen: undefined,
    group,
    letters: [letter],
    position: index + 1,
    siblings: letters.length,
  }))
}

/** Ids of groups are JSON, so this is none. */
function letterId({ id }: DeadLetter): string {
  return `letter ${id}`
}
