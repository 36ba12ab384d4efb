import { type KeyboardEvent, type ReactNode, useCallback, useRef, useState } from 'react'
import type { Session } from '../state/session.ts'
import { usePlace } from '../use-panel.ts'
import { clauseFor, hasClause, withoutTopic, withTopic } from './topic-filter.ts'
import { leadOf } from './tree-keys.ts'
import { TreeLine } from './tree-line.tsx'
import type { TreeRow } from './tree-rows.ts'

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
    else setCurrent(rows[lead]?.branch.path)
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
      {rows.map((row, index) => (
        <TreeLine
          key={row.branch.path}
          id={idOf(row)}
          row={row}
          isCurrent={index === at}
          isChosen={hasClause(text, clauseOf(row))}
          isLeftOut={hasClause(text, `-${clauseOf(row)}`)}
          onChoose={(leaveOut) => choose(row, leaveOut)}
          onToggle={() => onToggle(row.branch.path)}
        />
      ))}
    </div>
  )
}

function clauseOf({ branch }: TreeRow): string {
  return clauseFor(branch.path, branch.children.length > 0)
}

function idOf({ branch }: TreeRow): string {
  return `hb-topic-${encodeURIComponent(branch.path)}`
}
