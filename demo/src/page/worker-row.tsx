import type { ReactNode } from 'react'
import type { WorkerAct, WorkerFacts } from '../station/service-facts.ts'
import { count } from './numbers.ts'

interface Props {
  readonly worker: WorkerFacts
  /** Of its group. */
  readonly shards: number
  readonly onAct: (act: WorkerAct) => void
}

const looks: Readonly<Record<WorkerFacts['state'], readonly [glyph: string, tone: string]>> = {
  running: ['●', 'ok'],
  paused: ['❚❚', 'warn'],
  dead: ['✕', 'error'],
  'coming back': ['◆', 'info'],
}

/** A worker: how it fares, what it owns, and what may be done to it. */
export function WorkerRow({ worker, shards, onAct }: Props): ReactNode {
  const { pid, state, shards: owned, handled, redelivered } = worker
  const [glyph, tone] = looks[state]
  return (
    <li data-testid="worker" data-owned={owned.join()}>
      <p>
        <span className="who">
          <span className={tone}>
            <span aria-hidden="true">{glyph}</span> <b data-testid="worker-state">{state}</b>
          </span>{' '}
          <span className="quiet" data-testid="pid">
            {pid}
          </span>
        </span>
        <span className="acts">
          <Act name="Pause" isOff={state !== 'running'} pid={pid} onClick={() => onAct('pause')} />
          <Act name="Kill" isOff={state === 'dead'} pid={pid} onClick={() => onAct('kill')} />
        </span>
      </p>
      <p>
        <Shards owned={owned} shards={shards} />
        <span className="done">
          <b data-testid="worker-handled">{count(handled)}</b> handled
          {redelivered > 0 && (
            <>
              {' '}
              · <b data-testid="redelivered">{count(redelivered)}</b> again
            </>
          )}
        </span>
      </p>
    </li>
  )
}

interface ActProps {
  readonly name: string
  readonly pid: number
  readonly isOff: boolean
  readonly onClick: () => void
}

function Act({ name, pid, isOff, onClick }: ActProps): ReactNode {
  return (
    <button type="button" disabled={isOff} aria-label={`${name} worker ${pid}`} onClick={onClick}>
      {name}
    </button>
  )
}

/** A cell for each shard of the group; full: it owns that one. */
function Shards({
  owned,
  shards,
}: {
  readonly owned: readonly number[]
  readonly shards: number
}): ReactNode {
  const said = owned.length === 0 ? 'owns no shard' : `owns the shards ${owned.join(', ')}`
  return (
    <span className="shards" title={said}>
      <span className="sr">{said}</span>
      {Array.from({ length: shards }, (_, shard) => (
        <i key={shard} aria-hidden="true" className={owned.includes(shard) ? 'owned' : ''}>
          {shard}
        </i>
      ))}
    </span>
  )
}
