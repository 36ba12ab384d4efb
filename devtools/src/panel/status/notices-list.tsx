import type { ReactNode } from 'react'
import type { Notices } from '../../model/notices.ts'
import { clockTime, wholeNumber } from '../look/figures.ts'
import { glyphs, noticeText } from './notice-text.ts'
import { toneOf } from './notice-tone.ts'

const SHOWN = 100

interface Props {
  readonly id: string
  readonly notices: Notices
}

/** What the bus had to say that is about no single event, the newest first. */
export function NoticesList({ id, notices: { list, discarded } }: Props): ReactNode {
  const told = list.flatMap((notice) => {
    const tone = toneOf(notice)
    return tone === undefined ? [] : [{ notice, tone }]
  })
  return (
    <section id={id} className="hb-notices" aria-label="Notices">
      <h2>Notices</h2>
      {told.length === 0 && <p className="hb-notices-note">Nothing to tell.</p>}
      <ul>
        {told
          .slice(-SHOWN)
          .toReversed()
          .map(({ notice, tone }, index) => (
            // A place in the list, for a notice has no name.
            <li key={told.length - index}>
              <time>{clockTime(notice.at)}</time>
              <span className={`hb-${tone}`} aria-hidden="true">
                {glyphs[tone]}
              </span>
              <span>{noticeText(notice)}</span>
            </li>
          ))}
      </ul>
      <Older count={Math.max(0, told.length - SHOWN)} discarded={discarded} />
    </section>
  )
}

/** What is not in the list. */
function Older({ count, discarded }: { readonly count: number; readonly discarded: number }): ReactNode {
  if (count + discarded === 0) return null
  const lost = discarded > 0 ? `; ${wholeNumber(discarded)} before them were not kept` : ''
  return (
    <p className="hb-notices-note">
      {wholeNumber(count)} older ones are not shown{lost}.
    </p>
  )
}
