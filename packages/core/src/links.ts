import { BehaviorSubject, map, type Observable } from 'rxjs'
import type { AnyBus } from './bus.ts'
import type { Inlet } from './inlet.ts'
import type { LinkStatus } from './signal.ts'

/** How one bridge of a bus does. */
export interface LinkState {
  /** The transport's name. Two bridges over transports of one name are told one by one. */
  readonly link: string
  readonly status: LinkStatus
  /** When that began, in epoch ms. */
  readonly since: number
  /** What the transport gave as the reason. */
  readonly detail: unknown
}

type States = ReadonlyMap<object, LinkState>

const byBus = new WeakMap<Inlet, BehaviorSubject<States>>()

/**
 * The bridges of a bus: now, and whenever a status changes, in the order in which they were made. A closed one is not in the
 * list any more, one that was lost for good is until it is closed. Costs the bus nothing, unlike the tap. Completes when the
 * bus closes.
 *
 * @example
 * links$(bus).subscribe((links) => {
 *   console.log(links.every(({ status }) => status === 'open') ? 'online' : 'offline')
 * })
 */
export function links$({ inlet }: AnyBus): Observable<readonly LinkState[]> {
  return statesOf(inlet).pipe(map((states) => [...states.values()]))
}

/** Notes how `bridge` does from now on. */
export function noteLink(inlet: Inlet, bridge: object, facts: Omit<LinkState, 'since'>): void {
  const states = new Map(statesOf(inlet).value)
  if (facts.status === 'closed') states.delete(bridge)
  else states.set(bridge, { ...facts, since: inlet.clock.now() })
  statesOf(inlet).next(states)
}

function statesOf(inlet: Inlet): BehaviorSubject<States> {
  const known = byBus.get(inlet)
  if (known !== undefined) return known
  const states = new BehaviorSubject<States>(new Map())
  byBus.set(inlet, states)
  inlet.whenClosed(() => states.complete())
  return states
}
