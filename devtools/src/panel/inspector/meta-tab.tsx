import type { BusEvent } from '@heliobus/core'
import type { ReactNode } from 'react'
import { sizeAt } from '../../model/row-test.ts'
import { Button } from '../look/button.tsx'
import { byteSize, clockTime } from '../look/figures.ts'
import { useStyles } from '../look/use-styles.ts'
import { useCopy } from './copying.tsx'
import { processAt } from '../look/process.ts'
import type { Inspected } from './inspector-tab.ts'
import { metaCss } from './meta.css.ts'

/** The envelope, field by field. */
export function MetaTab(inspected: Inspected): ReactNode {
  const { session, row, event } = inspected
  const { rows } = session.recorder
  const link = rows.link[rows.slot(row)]!
  const cause = event.causationId === undefined ? -1 : rows.rowOfId(event.causationId)
  return (
    <div ref={useStyles(metaCss)} className="hb-scroll">
      <dl className="hb-meta">
        <Field name="id" value={event.id} />
        <Field name="type" value={event.type} />
        <Field name="source" value={event.source} />
        <Field name="subject" value={event.subject} />
        <Field name="userId" value={event.userId} />
        <Field name="key" value={event.key} />
        <Field name="time" value={isoTime(event)} note={clockTime(event.time)} />
        <Field name="version" value={String(event.version)} />
        <Field name="correlationId" value={event.correlationId} />
        <Field
          name="causationId"
          value={event.causationId}
          note={event.causationId === undefined || cause >= 0 ? '' : 'not recorded, or discarded'}
          {...(cause >= 0 && { onFollow: () => session.view.select(cause) })}
        />
        <Field name="traceparent" value={event.traceparent} />
        <Field name="hops" value={String(event.hops)} />
        <Field name="via" value={link === 0 ? undefined : rows.links.nameOf(link)} />
        {rows.processes.size > 1 && <Field name="at" value={processAt(rows, row)} />}
        <Field name="size" value={byteSize(sizeAt(rows, row))} note="estimated, as JSON" />
      </dl>
    </div>
  )
}

interface FieldProps {
  readonly name: string
  /** Nothing is shown as a dash. */
  readonly value: string | null | undefined
  readonly note?: string
  /** Goes to what the value names. */
  readonly onFollow?: () => void
}

function Field({ name, value, note = '', onFollow }: FieldProps): ReactNode {
  const copy = useCopy()
  if (value === undefined || value === null)
    return (
      <div className="hb-field">
        <dt>{name}</dt>
        <dd className="hb-faint">{value === null ? 'null' : '–'}</dd>
      </div>
    )
  return (
    <div className="hb-field">
      <dt>{name}</dt>
      <dd>
        {onFollow === undefined ? (
          <span className="hb-mono hb-selectable">{value}</span>
        ) : (
          <button type="button" className="hb-link hb-mono" title="Select the cause" onClick={onFollow}>
            {value}
          </button>
        )}
        {note !== '' && <span className="hb-faint"> {note}</span>}
      </dd>
      <Button label={`Copy ${name}`} icon="copy" onClick={() => copy(value, name)} />
    </div>
  )
}

/** A recording may hold a time that is none. */
function isoTime({ time }: BusEvent): string {
  const date = new Date(time)
  return Number.isNaN(date.getTime()) ? String(time) : date.toISOString()
}
