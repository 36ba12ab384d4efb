import { type ReactNode, Suspense, useCallback, useId, useRef, useState } from 'react'
import { keyLabel } from '../look/key-label.ts'
import { Tabs } from '../look/tabs.tsx'
import type { Session } from '../state/session.ts'
import { useFrame, usePanel, usePanelState, usePlace, useSession } from '../use-panel.ts'
import { Copying } from './copying.tsx'
import { Header } from './header.tsx'
import type { Inspected } from './inspector-tab.ts'
import { inspectorTabs } from './inspector-tabs.ts'

const PACE = 250 // ms: handlers finish later than the event is selected

/** The selected event in full. */
export function Inspector(): ReactNode {
  const session = useSession()
  useFrame(PACE)
  const { rows } = session.recorder
  const { selected } = session.view
  const isLost = useLost(session, selected)
  const event = selected === undefined ? undefined : rows.eventAt(selected)
  if (selected === undefined || event === undefined) return isLost ? <Discarded /> : <Nothing />
  const shown = session.discretion.shown(event)
  return (
    <Copying>
      <Header session={session} row={selected} event={shown} />
      <Parts session={session} row={selected} event={shown} />
    </Copying>
  )
}

/** True when the event that was selected last has left the ring since; not when somebody let go of it. */
function useLost(session: Session, selected: number | undefined): boolean {
  const [last, remember] = useState({ session, row: selected })
  const { rows } = session.recorder
  const isLetGo = selected === undefined && last.row !== undefined && rows.has(last.row)
  if (last.session !== session || isLetGo || (selected !== undefined && last.row !== selected))
    remember({ session, row: selected })
  return last.session === session && last.row !== undefined && rows.discarded > 0 && last.row < rows.oldest
}

function Parts(inspected: Inspected): ReactNode {
  const panel = usePanel()
  const wanted = usePanelState(({ tab }) => tab)
  const shown = (inspectorTabs.find(({ id }) => id === wanted) ?? inspectorTabs[0]!).id
  const id = useId()
  const body = useRef<HTMLDivElement>(null)
  const tabs = inspectorTabs.map(({ id: tab, title, count }) => ({
    id: tab,
    title: titleOf(title, count?.(inspected)),
  }))
  const focus = useCallback(() => focusOn(body.current), [])
  usePlace('inspector', focus)
  return (
    <>
      <div className="hb-inspector-tabs">
        <Tabs label="Parts of the event" tabs={tabs} chosen={shown} onChoose={(tab) => panel.inspect(tab)} />
      </div>
      <div ref={body} className="hb-inspector-body">
        {inspectorTabs.map(
          ({ id: tab, title, stays, Content }) =>
            (tab === shown || stays === true) && (
              <div
                key={tab}
                role="tabpanel"
                id={`${id}${tab}`}
                className="hb-part"
                aria-label={title}
                // So that it can be scrolled by keys.
                tabIndex={0}
                hidden={tab !== shown}
              >
                <Suspense>
                  <Content {...inspected} />
                </Suspense>
              </div>
            ),
        )}
      </div>
    </>
  )
}

function titleOf(title: string, count = 0): string {
  return count > 0 ? `${title} ${count}` : title
}

/** The tree if it is shown, for its keys; any other part is there to be scrolled. */
function focusOn(body: HTMLElement | null): void {
  const part = body?.querySelector<HTMLElement>('.hb-part:not([hidden])')
  const tree = part?.querySelector<HTMLElement>('[role=tree]')
  ;(tree ?? part)?.focus()
}

function Nothing(): ReactNode {
  return (
    <div className="hb-note">
      <strong>Select an event to look into it</strong>
      <span>
        <kbd>{keyLabel('ArrowUp')}</kbd> <kbd>{keyLabel('ArrowDown')}</kbd> choose in the list · <kbd>D</kbd>{' '}
        diff · <kbd>B</kbd> bookmark
      </span>
    </div>
  )
}

function Discarded(): ReactNode {
  return (
    <div className="hb-note">
      <strong>This event was discarded</strong>
      <span>
        Newer events have taken its place in the list. Pausing the list keeps what is shown a little longer,
        stopping the recording keeps it for good
      </span>
    </div>
  )
}
