import { type ReactNode, useState } from 'react'
import { useFrame, useSession } from '../use-panel.ts'
import { TopicTree } from './topic-tree.tsx'
import { countTopics, MOST_ROWS, treeRows } from './tree-rows.ts'

const SEARCHED_FROM = 20 // topics: fewer are seen at a glance
const INTERVAL = 500 // ms: what changes faster can't be read

/** Topics as a tree, with what each does right now. */
export function TopicTreePane(): ReactNode {
  const session = useSession()
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const [wanted, setWanted] = useState('')
  useFrame(INTERVAL)
  const branches = session.tree.branches(session.now)
  const rows = treeRows(branches, closed, wanted)
  const toggle = (path: string): void => {
    const others = [...closed].filter((one) => one !== path)
    setClosed(new Set(closed.has(path) ? others : [...others, path]))
  }
  return (
    <div className="hb-topics">
      {countTopics(branches) > SEARCHED_FROM && (
        <input
          className="hb-topics-search"
          type="search"
          placeholder="Find a topic"
          aria-label="Find a topic"
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
      )}
      {rows.length > 0 ? (
        <TopicTree session={session} rows={rows} onToggle={toggle} />
      ) : (
        <p className="hb-topics-none">{wanted === '' ? 'No topics yet' : 'No such topic'}</p>
      )}
      {rows.length >= MOST_ROWS && (
        <p className="hb-topics-none">Only the first {MOST_ROWS} lines are shown.</p>
      )}
    </div>
  )
}
