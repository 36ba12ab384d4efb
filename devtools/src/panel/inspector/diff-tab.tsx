import type { BusEvent } from '@heliobus/core'
import { type ReactNode, useMemo } from 'react'
import { type Difference, diffPayloads } from '../../model/payload-diff.ts'
import { openPayload } from '../../model/payload-node.ts'
import { sameType } from '../../model/same-type.ts'
import { clockTime, duration, wholeNumber } from '../look/figures.ts'
import { useStyles } from '../look/use-styles.ts'
import { diffCss } from './diff.css.ts'
import type { Session } from '../state/session.ts'
import { FarPayload } from './far-payload.tsx'
import type { Inspected } from './inspector-tab.ts'
import { Value } from './payload-line.tsx'
import { pathText } from './value-text.ts'

const signs = { added: '+', removed: '−', changed: '≠' } as const

function shownAt({ recorder, discretion }: Session, row: number): BusEvent | undefined {
  const event = recorder.rows.eventAt(row)
  return event && discretion.shown(event)
}

/** The first of them whose data is in another process. */
function awayOf({ far }: Session, rows: readonly number[]): number | undefined {
  return far && rows.find((row) => far.placeOf(row) !== 'here')
}

/** What differs from the event before of the same type. */
export function DiffTab(inspected: Inspected): ReactNode {
  const { session, row, event } = inspected
  const { rows } = session.recorder
  const before = sameType(rows, row, -1)
  if (before === undefined) return <First type={event.type} discarded={rows.discarded} />
  const away = awayOf(session, [row, before])
  return away === undefined ? <Diff {...inspected} before={before} /> : <FarPayload row={away} />
}

/** What differs from the event in another row. */
function Diff({ session, event, before }: Inspected & { readonly before: number }): ReactNode {
  const dress = useStyles(diffCss)
  const earlier = shownAt(session, before)
  const diff = useMemo(() => earlier && diffPayloads(earlier.data, event.data), [earlier, event])
  if (earlier === undefined || diff === undefined) return null
  const { differences, complete } = diff
  return (
    <div ref={dress} className="hb-scroll hb-diff">
      <p className="hb-dim">
        Compared with the one before, of{' '}
        <button type="button" className="hb-link hb-mono" onClick={() => session.view.select(before)}>
          {clockTime(earlier.time)}
        </button>
        ,{' '}
        {event.time > earlier.time
          ? `${duration(event.time - earlier.time)} earlier`
          : 'in the same millisecond'}
      </p>
      {differences.length === 0 && complete && <p className="hb-nothing">Nothing differs</p>}
      {differences.length > 0 && (
        <ul aria-label={`${wholeNumber(differences.length)} differences`}>
          {differences.map((difference) => (
            <Line key={`${difference.kind} ${JSON.stringify(difference.path)}`} {...difference} />
          ))}
        </ul>
      )}
      {!complete && (
        <p className="hb-warn">
          There may be more: the comparison ends at 500 differences, 20,000 values or 32 levels
        </p>
      )}
    </div>
  )
}

function First({ type, discarded }: { readonly type: string; readonly discarded: number }): ReactNode {
  return (
    <div className="hb-note">
      <strong>First of its type</strong>
      <span>
        {discarded > 0
          ? `No earlier ${type} is kept; the oldest ${wholeNumber(discarded)} events have been discarded`
          : `There is no earlier ${type} to compare with`}
      </span>
    </div>
  )
}

function Line({ path, kind, before, after }: Difference): ReactNode {
  return (
    <li className="hb-difference hb-mono" data-kind={kind}>
      <span className="hb-sign" title={kind}>
        {signs[kind]}
      </span>
      <span className="hb-difference-path hb-selectable">
        {pathText(path)}
        <span className="hb-unseen"> {kind}</span>
      </span>
      <span className="hb-difference-values hb-selectable">
        {kind !== 'added' && <Side value={before} />}
        {kind === 'changed' && <span className="hb-faint"> → </span>}
        {kind !== 'removed' && <Side value={after} />}
      </span>
    </li>
  )
}

function Side({ value }: { readonly value: unknown }): ReactNode {
  const node = useMemo(() => openPayload(value), [value])
  const members = useMemo(() => (node.expandable ? node.children() : []), [node])
  return <Value node={node} members={members} />
}
