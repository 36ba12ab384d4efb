/** A line of a tree, as far as its keys go. */
interface Line {
  /** 1 for the outermost. */
  readonly level: number
  /** `undefined` for a leaf. */
  readonly isOpen: boolean | undefined
}

/** Where a key of the tree leads: a line's number, or `toggle`; `undefined` for any other key. */
export function leadOf(key: string, rows: readonly Line[], at: number): number | 'toggle' | undefined {
  if (key === 'ArrowDown') return Math.min(rows.length - 1, at + 1)
  if (key === 'ArrowUp') return Math.max(0, at - 1)
  if (key === 'Home') return 0
  if (key === 'End') return rows.length - 1
  if (key === 'ArrowRight') return inwards(rows, at)
  return key === 'ArrowLeft' ? outwards(rows, at) : undefined
}

function inwards(rows: readonly Line[], at: number): number | 'toggle' {
  const { isOpen } = rows[at]!
  if (isOpen === undefined) return at
  return isOpen ? at + 1 : 'toggle'
}

function outwards(rows: readonly Line[], at: number): number | 'toggle' {
  const { isOpen, level } = rows[at]!
  if (isOpen === true) return 'toggle'
  const parent = rows.slice(0, at).findLastIndex((row) => row.level < level)
  return parent < 0 ? at : parent
}
