import type { ReactNode } from 'react'
import { clockTime } from '../look/figures.ts'
import type { Session } from '../state/session.ts'
import { noticeText } from './notice-text.ts'

const SHOWN = 100

/** What the bus had to say that is about no single event, the newest first. */
export function NoticesList({ session }: { readonly session: Session }): ReactNode {
  const notices = worthTelling(session).slice(-SHOWN).toReversed()
  return (
    <section className="hb-notices" aria-label="Notices">
      <h2>Notices</h2>
      {notices.length === 0 && <p className="hb-topics-none">Nothing to tell.</p>}
      <ul>
        {notices.map(({ at, glyph, tone, text }, index) => (
          <li key={`${at} ${index}`}>
            <time>{clockTime(at)}</time>
            <span className={`hb-${tone}`} aria-hidden="true">
              {glyph}
            </span>
            <span>{text}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** With their times, oldest first. */
export function worthTelling({
  recorder,
}: Session): readonly (NonNullable<ReturnType<typeof noticeText>> & { readonly at: number })[] {
  return recorder.notices.list.flatMap((notice) => {
    const text = noticeText(notice)
    return text === undefined ? [] : [{ at: notice.at, ...text }]
  })
}
