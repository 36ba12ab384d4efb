import type { ReactNode } from 'react'
import type { Uplink } from '../station/uplink.ts'
import { count, counted } from './numbers.ts'

/** From this browser over the cable to the hub, and into the log. */
export function Route({ uplink }: { readonly uplink: Uplink }): ReactNode {
  const { pages, logged, isCut } = uplink.facts()
  const isOpen = uplink.status === 'open'
  const isThere = isOpen || isCut // the page is served over another cable
  return (
    <ol className="route">
      <Here waiting={uplink.waiting} dropped={uplink.dropped} />
      <Wire state={isOpen ? 'whole' : 'broken'} />
      <Stop name="hub" state={isOpen ? 'there' : 'away'}>
        <span>{isOpen ? counted(pages, 'page') : 'out of reach'}</span>
      </Stop>
      <Wire state={isThere ? 'whole' : 'unknown'} />
      <Stop name="events_log" state={isThere ? 'there' : 'away'}>
        <span data-testid="logged">{counted(logged, 'event')}</span>
      </Stop>
    </ol>
  )
}

function Here({ waiting, dropped }: Pick<Uplink, 'waiting' | 'dropped'>): ReactNode {
  return (
    <Stop name="browser" state={waiting > 0 ? 'holds' : 'there'}>
      <span data-testid="waiting">{waiting === 0 ? 'nothing waits' : `${count(waiting)} wait`}</span>
      {dropped > 0 && <span className="error">{count(dropped)} dropped</span>}
    </Stop>
  )
}

interface StopProps {
  readonly name: string
  readonly state: 'there' | 'holds' | 'away'
  readonly children: ReactNode
}

function Stop({ name, state, children }: StopProps): ReactNode {
  return (
    <li className={state}>
      <b>{name}</b>
      {children}
    </li>
  )
}

function Wire({ state }: { readonly state: 'whole' | 'broken' | 'unknown' }): ReactNode {
  return (
    <li className={`wire ${state}`} aria-hidden="true">
      {state === 'broken' && <span>✕</span>}
    </li>
  )
}
