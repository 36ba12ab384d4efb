import { type ReactNode, useState } from 'react'
import { wholeNumber } from '../look/figures.ts'
import type { Session } from '../state/session.ts'
import { useFrame, useSession } from '../use-panel.ts'
import { TopicTree } from './topic-tree.tsx'
import { countTopics, MOST_ROWS, treeRows } from './tree-rows.ts'

const SEARCHED_FROM = 20 // topics: fewer are seen at a glance
const MANY = 1_000 // topics, from which on summing them up takes a while
const [OFTEN, SELDOM] = [500, 2_000] // ms: what changes faster can't be read

/** Topics as a tree, with what each does right now. */
export function TopicTreePane(): ReactNode {
  const session = useSession()
  const [wanted, setWanted] = useState('')
  useFrame(session.recorder.statistics.types.size > MANY ? SELDOM : OFTEN)
  const branches = session.tree.branches(session.now)
  const topics = countTopics(branches)
  const isSearched = topics > SEARCHED_FROM
  const rows = treeRows(branches, session.foldedTopics, isSearched ? wanted : '')
  return (
    <div className="hb-topics">
      {isSearched && (
        <input
          className="hb-topics-search"
          type="search"
          placeholder={`Find one of ${wholeNumber(topics)} topics`}
          aria-label="Find a topic"
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
      )}
      {rows.length > 0 ? (
        <TopicTree session={session} rows={rows} onToggle={(path) => session.toggleTopic(path)} />
      ) : (
        <p className="hb-topics-none">{emptyText(session, topics)}</p>
      )}
      {rows.length >= MOST_ROWS && (
        <p className="hb-topics-none">
          Only the first {wholeNumber(MOST_ROWS)} lines are shown; the search finds the others.
        </p>
      )}
    </div>
  )
}

function emptyText({ recorder, bus }: Session, topics: number): string {
  if (topics > 0) return 'No such topic'
  if (bus === undefined) return 'No topics in this recording'
  return recorder.recording ? 'No topics yet' : 'No topics: recording is off'
}
