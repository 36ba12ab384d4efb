import type { ReactNode } from 'react'
import { printClause } from '../../model/filter-printer.ts'
import type { Clause } from '../../model/filter-syntax.ts'
import { sameType } from '../../model/same-type.ts'
import { Button } from '../look/button.tsx'
import { clockTime, duration } from '../look/figures.ts'
import { keyLabel } from '../look/key-label.ts'
import { Menu, type MenuItem } from '../look/menu.tsx'
import { statusOfRow } from '../look/row-status.ts'
import { CauseLine } from './cause-line.tsx'
import { useCopy } from './copying.tsx'
import type { Inspected } from './inspector-tab.ts'
import { eventText, jsonText } from './json-text.ts'
import { Topic } from '../look/topic.tsx'

/** Which event it is, how it fares, and what can be done with it. */
export function Header(inspected: Inspected): ReactNode {
  const { session, row, event } = inspected
  const { rows } = session.recorder
  const copy = useCopy()
  const { glyph, tone, word } = statusOfRow(rows, row)
  const at = rows.time[rows.slot(row)]!
  return (
    <header className="hb-inspected">
      <div className="hb-inspected-title">
        <h2 className="hb-mono hb-selectable">
          <Topic topic={event.type} />
        </h2>
        <Actions {...inspected} />
      </div>
      <div className="hb-inspected-facts">
        <span className={`hb-${tone}`}>
          {glyph} {word}
        </span>
        <span className="hb-mono">{clockTime(at)}</span>
        {session.bus !== undefined && <span className="hb-dim">{age(session.now - at)}</span>}
        <button
          type="button"
          className="hb-link hb-mono hb-inspected-id"
          title={`Copy the id ${event.id}`}
          onClick={() => copy(event.id, 'the id')}
        >
          #…{event.id.slice(-6)}
        </button>
      </div>
      <CauseLine {...inspected} />
    </header>
  )
}

/** How long ago, in steps that can be read while they pass. */
function age(ms: number): string {
  return ms < 1_000 ? 'just now' : `${duration(ms)} ago`
}

function Actions(inspected: Inspected): ReactNode {
  const { session, row } = inspected
  const marked = session.bookmarks.has(row)
  return (
    <div className="hb-actions">
      <Neighbour {...inspected} step={-1} />
      <Neighbour {...inspected} step={1} />
      <Button
        label={marked ? 'Remove the bookmark' : 'Bookmark the event'}
        keys={keyLabel('b')}
        icon="bookmark"
        filled={marked}
        pressed={marked}
        onClick={() => session.toggleBookmark(row)}
      />
      <FilterMenu {...inspected} />
      <CopyMenu {...inspected} />
    </div>
  )
}

function Neighbour({ session, row, event, step }: Inspected & { readonly step: -1 | 1 }): ReactNode {
  const near = sameType(session.recorder.rows, row, step)
  return (
    <Button
      label={`${step < 0 ? 'Previous' : 'Next'} ${event.type}`}
      keys={step < 0 ? ',' : '.'}
      icon={step < 0 ? 'up' : 'down'}
      disabled={near === undefined}
      onClick={() => session.view.select(near)}
    />
  )
}

function FilterMenu({ session, event }: Inspected): ReactNode {
  const item = (id: string, title: string, clause: Clause): MenuItem => ({
    id,
    title,
    run: () => session.view.setFilter(printClause(clause)),
  })
  const { type, correlationId, userId, source } = event
  const items = [
    item('type', 'This type', { kind: 'topic', pattern: type }),
    item('flow', 'This flow (correlation)', { kind: 'name', field: 'corr', glob: correlationId }),
    item('source', `Source ${source}`, { kind: 'name', field: 'source', glob: source }),
  ]
  if (userId !== null)
    items.push(item('user', `User ${userId}`, { kind: 'name', field: 'user', glob: userId }))
  return <Menu label="Filter to what is like it" icon="filter" align="right" items={items} />
}

function CopyMenu({ event }: Inspected): ReactNode {
  const copy = useCopy()
  const items = [
    { id: 'event', title: 'Event as JSON', run: () => copy(() => eventText(event), 'the event') },
    { id: 'payload', title: 'Payload as JSON', run: () => copy(() => jsonText(event.data), 'the payload') },
    { id: 'id', title: 'Id', run: () => copy(event.id, 'the id') },
  ]
  return <Menu label="Copy" icon="copy" align="right" items={items} />
}
