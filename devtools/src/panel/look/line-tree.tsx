import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useId, useRef } from 'react'
import { usePlace } from '../use-panel.ts'
import { reveal } from './reveal.ts'
import { leadOf } from './tree-keys.ts'
import { useSight } from './use-sight.ts'

/** A line of a tree. */
export interface TreeLine {
  /** The same line has the same, and no other has it. */
  readonly id: string
  /** 1 for the outermost. */
  readonly level: number
  /** `undefined` for what can't be unfolded. */
  readonly isOpen: boolean | undefined
  readonly position: number
  readonly siblings: number
}

interface Props<Line extends TreeLine> {
  readonly label: string
  /** Never empty. */
  readonly lines: readonly Line[]
  /** Of a line, in px. */
  readonly height: number
  /** Where the keys are. */
  readonly at: number
  /** The line that is chosen; below 0 for none. */
  readonly chosen: number
  readonly onMove: (to: number) => void
  /** A click, or Enter. */
  readonly onPress: (at: number) => void
  readonly onToggle?: (line: Line) => void
  /** Any other key; true when it was taken. */
  readonly onKey?: (event: KeyboardEvent, line: Line) => boolean
  readonly onBlur?: () => void
  readonly renderLine: (line: Line) => ReactNode
}

/** A tree in the middle of the panel: one stop of the Tab key. However many lines, only those in sight are drawn. */
export function LineTree<Line extends TreeLine>(props: Props<Line>): ReactNode {
  const { label, lines, height, at, chosen, onMove, onPress, onToggle, onKey, onBlur, renderLine } = props
  const tree = useRef<HTMLDivElement>(null)
  const id = useId()
  usePlace(
    'list',
    useCallback(() => tree.current?.focus(), []),
  )
  const sight = useSight(tree, lines.length, height)
  useEffect(() => reveal(tree.current, at, height), [at, height])
  const lead = (to: number | 'toggle'): void => {
    if (to === 'toggle') onToggle?.(lines[at]!)
    else onMove(to)
  }
  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const to = leadOf(event.key, lines, at)
    if (to !== undefined) lead(to)
    else if (event.key === 'Enter') onPress(at)
    else if (onKey?.(event, lines[at]!) !== true) return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div
      ref={tree}
      role="tree"
      className="hb-lines"
      aria-label={label}
      tabIndex={0}
      aria-activedescendant={`${id}${at}`}
      onKeyDown={press}
      onBlur={onBlur}
    >
      <div role="none" className="hb-lines-room" style={{ height: lines.length * height }}>
        {lines.map((line, index) =>
          // The line where the keys are stays, wherever it is scrolled to: the tree names it.
          index === at || (index >= sight.from && index < sight.to) ? (
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the tree takes the keys for all of its lines
            <div
              key={line.id}
              id={`${id}${index}`}
              role="treeitem"
              className="hb-lines-line"
              aria-level={line.level}
              aria-expanded={line.isOpen}
              aria-selected={index === chosen}
              aria-posinset={line.position}
              aria-setsize={line.siblings}
              data-current={index === at ? '' : undefined}
              tabIndex={-1}
              style={{ top: index * height, height }}
              onClick={() => onPress(index)}
            >
              {renderLine(line)}
            </div>
          ) : null,
        )}
      </div>
    </div>
  )
}
