import type { ReactNode } from 'react'
import type { Gap } from '../../model/gaps.ts'
import { wholeNumber } from '../look/figures.ts'
import { useStyles } from '../look/use-styles.ts'
import type { Session } from '../state/session.ts'
import { useFrame, usePanel, useSession } from '../use-panel.ts'
import { GapLine } from './gap-line.tsx'
import { LinkLine } from './link-line.tsx'
import { linksCss } from './links.css.ts'

const INTERVAL = 500 // ms: what changes faster can't be read
/** What is looked at around a gap, in ms. */
const AROUND = 5_000

/** The bridges and taps as they are, and the story of what they have missed. */
export function LinksView(): ReactNode {
  const session = useSession()
  const dress = useStyles(linksCss)
  useFrame(INTERVAL)
  const { links, gaps } = session.recorder
  if (links.list.length === 0) return <NoLinks session={session} dress={dress} />
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- so that it can be scrolled by keys
    <div ref={dress} className="hb-links" tabIndex={0}>
      <h2>Links</h2>
      <table aria-label="Links">
        <thead>
          <tr>
            <th>Link</th>
            <th>Status</th>
            <th className="hb-number hb-extra">For</th>
            <th className="hb-number">Lost</th>
            <th className="hb-number">Missing</th>
          </tr>
        </thead>
        <tbody>
          {links.list.map((state) => (
            <LinkLine key={state.link} {...state} now={session.now} />
          ))}
        </tbody>
      </table>
      <h2>Gaps</h2>
      <Gaps session={session} list={gaps.list} discarded={gaps.discarded} />
    </div>
  )
}

interface GapsProps {
  readonly session: Session
  readonly list: readonly Gap[]
  readonly discarded: number
}

function Gaps({ session, list, discarded }: GapsProps): ReactNode {
  const panel = usePanel()
  if (list.length === 0) return <p>Nothing was missed.</p>
  const look = ({ from, to = session.now }: Gap): void => {
    session.view.setRange({ from: from - AROUND, to: to + AROUND })
    panel.show('stream')
  }
  return (
    <>
      <table aria-label="Gaps">
        <thead>
          <tr>
            <th>From</th>
            <th className="hb-extra">To</th>
            <th className="hb-number">Length</th>
            <th>Link</th>
            <th className="hb-number">Missing</th>
            <th className="hb-extra">Reason</th>
          </tr>
        </thead>
        <tbody>
          {list.toReversed().map((gap, index) => (
            // A gap has no name but its place from the first.
            <GapLine key={list.length - index} gap={gap} now={session.now} onLook={() => look(gap)} />
          ))}
        </tbody>
      </table>
      {discarded > 0 && <p>{wholeNumber(discarded)} older ones were not kept.</p>}
    </>
  )
}

function NoLinks({
  session: { bus },
  dress,
}: {
  readonly session: Session
  readonly dress: (element: HTMLElement | null) => void
}): ReactNode {
  return (
    <div ref={dress} className="hb-note">
      <strong>No links</strong>
      <span>
        {bus === undefined
          ? 'A recording holds where something was missing among its events: is:gap finds it'
          : 'Bridges to other buses, and taps of other processes, will stand here'}
      </span>
    </div>
  )
}
