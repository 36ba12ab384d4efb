import type { LetterGroup } from '../../model/letter-groups.ts'
import type { ListedLetter } from '../../model/listed-letter.ts'
import type { TreeLine } from '../look/line-tree.tsx'

/** A line of the tree: a group, or a letter of one that is unfolded. */
export interface LetterLine extends TreeLine {
  readonly group: LetterGroup
  /** What it stands for, newest first. */
  readonly letters: readonly ListedLetter[]
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

/** The id of a letter's line. Those of groups are JSON, so this is none. */
export function letterId({ id }: ListedLetter): string {
  return `letter ${id}`
}
