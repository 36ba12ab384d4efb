import { type KeyboardEvent, type ReactNode, useCallback, useRef, useState } from 'react'
import { reveal } from '../look/reveal.ts'
import type { Session } from '../state/session.ts'
import { usePlace } from '../use-panel.ts'
import { clauseFor, hasClause, withoutTopic, withTopic } from './topic-filter.ts'
import { leadOf } from '../look/tree-keys.ts'
import { TREE_LINE, TreeLine } from './tree-line.tsx'
import type { TreeRow } from './tree-rows.ts'
import { useSight } from '../look/use-sight.ts'

interface Props {
  readonly session: Session
  readonly rows: readonly TreeRow[]
  readonly onToggle: (path: string) => void
}

/** The lines of the tree: one stop of the Tab key. A press, or Enter, filters to a topic; with Alt it leaves it out. */
export function TopicTree({ session, rows, onToggle }: Props): ReactNode {
  const tree = useRef<HTMLDivElement>(null)
  const [current, setCurrent] = useState<string>()
  usePlace(
    'topics',
    useCallback(() => tree.current?.focus(), []),
  )
  const found = rows.findIndex(({ branch }) => branch.path === current)
  const at = Math.max(0, found)
  const { from, to } = useSight(tree, rows.length, TREE_LINE)
  const { text } = session.view

  const choose = (row: TreeRow, leaveOut: boolean): void => {
    setCurrent(row.branch.path)
    session.view.setFilter((leaveOut ? withoutTopic : withTopic)(text, clauseOf(row)))
  }
  const press = (event: KeyboardEvent): void => {
    const row = rows[at]!
    const lead = leadOf(event.key, rows, at)
    if (event.key === 'Enter') choose(row, event.altKey)
    else if (lead === 'toggle') onToggle(row.branch.path)
    else if (lead === undefined) return
    else {
      setCurrent(rows[lead]?.branch.path)
      reveal(tree.current, lead, TREE_LINE)
    }
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div
      ref={tree}
      role="tree"
      className="hb-topic-tree"
      aria-label="Topics"
      tabIndex={0}
      aria-activedescendant={idOf(rows[at]!)}
      onKeyDown={press}
    >
      <div role="none" className="hb-tree-room" style={{ height: rows.length * TREE_LINE }}>
        {rows.map((row, index) =>
          // The current line stays, wherever it is scrolled to: the tree names it.
          index === at || (index >= from && index < to) ? (
            <TreeLine
              key={row.branch.path}
              id={idOf(row)}
              row={row}
              place={index}
              isCurrent={index === at}
              isChosen={hasClause(text, clauseOf(row))}
              isLeftOut={hasClause(text, `-${clauseOf(row)}`)}
              onChoose={(leaveOut) => choose(row, leaveOut)}
              onToggle={() => onToggle(row.branch.path)}
            />
          ) : null,
        )}
      </div>
    </div>
  )
}

function clauseOf({ branch }: TreeRow): string {
  return clauseFor(branch.path, branch.children.length > 0)
}

function idOf({ branch }: TreeRow): string {
  return `hb-topic-${encodeURIComponent(branch.path)}`
}
