import type { TreeLine } from './payload-tree.ts'

/** The line that becomes the active one, and whether it is opened or closed. */
export interface Move {
  readonly to: number
  readonly open?: boolean
}

interface Key {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

/** What a key does in a tree, as the ARIA practices have it; `undefined` when it is none of a tree's keys. */
export function moveFor(
  { key, ctrlKey, metaKey, altKey }: Key,
  lines: readonly TreeLine[],
  at: number,
): Move | undefined {
  const line = lines[at]
  if (line === undefined || ctrlKey || metaKey || altKey) return undefined
  const last = lines.length - 1
  if (key === 'ArrowDown') return { to: Math.min(at + 1, last) }
  if (key === 'ArrowUp') return { to: Math.max(at - 1, 0) }
  if (key === 'Home') return { to: 0 }
  return key === 'End' ? { to: last } : fold(key, line, at)
}

function fold(key: string, line: TreeLine, at: number): Move | undefined {
  if (key === 'Enter') return line.openable ? { to: at, open: !line.open } : { to: at }
  if (key === 'ArrowRight') {
    if (line.openable && !line.open) return { to: at, open: true }
    return { to: line.open && line.node.expandable ? at + 1 : at }
  }
  if (key !== 'ArrowLeft') return undefined
  return line.open ? { to: at, open: false } : { to: Math.max(line.parent, 0) }
}
