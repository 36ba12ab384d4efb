import type { TopicBranch } from '../../model/topic-tree.ts'

/** A line of the tree, as it is shown. */
export interface TreeRow {
  readonly branch: TopicBranch
  /** 1 for the first segment. */
  readonly level: number
  /** `undefined` for a leaf. */
  readonly isOpen: boolean | undefined
  readonly position: number
  readonly siblings: number
}

/** Lines at most. */
export const MOST_ROWS = 5_000

/** The tree as lines, by name: figures change, places don't. Segments that `wanted` occurs in, and what leads to them. */
export function treeRows(
  branches: readonly TopicBranch[],
  folded: ReadonlySet<string>,
  wanted: string,
): readonly TreeRow[] {
  const rows: TreeRow[] = []
  const add = (level: number, list: readonly TopicBranch[]): void => {
    const shown = list.filter((branch) => leadsTo(branch, wanted))
    const sorted = shown.map(compact).toSorted((a, b) => (a.path < b.path ? -1 : 1))
    for (const [index, branch] of sorted.entries()) {
      if (rows.length >= MOST_ROWS) return
      const isOpen = branch.children.length === 0 ? undefined : wanted !== '' || !folded.has(branch.path)
      rows.push({ branch, level, isOpen, position: index + 1, siblings: sorted.length })
      if (isOpen === true) add(level + 1, branch.children)
    }
  }
  add(1, branches)
  return rows
}

/** A branch with a single way on is one line: nothing is to be chosen there. */
function compact(branch: TopicBranch): TopicBranch {
  const [only, ...others] = branch.children
  if (only === undefined || others.length > 0 || only.published !== branch.published) return branch
  return compact({ ...only, segment: `${branch.segment}.${only.segment}` })
}

function leadsTo(branch: TopicBranch, wanted: string): boolean {
  return (
    wanted === '' || branch.path.includes(wanted) || branch.children.some((child) => leadsTo(child, wanted))
  )
}

/** How many topics the tree has, branches that are topics of their own included. */
export function countTopics(branches: readonly TopicBranch[]): number {
  return branches.reduce((sum, { children }) => sum + (children.length === 0 ? 1 : countTopics(children)), 0)
}
