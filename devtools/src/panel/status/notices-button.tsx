import type { ReactNode } from 'react'
import type { Notices } from '../../model/notices.ts'
import { wholeNumber } from '../look/figures.ts'
import { ListButton } from './list-button.tsx'
import { noticeText, toneOf } from './notice-text.ts'
import { NoticesList } from './notices-list.tsx'

/** Opens the list of notices, and says when there is something amiss. */
export function NoticesButton({ notices }: { readonly notices: Notices }): ReactNode {
  const grave = notices.list.filter((notice) => ['error', 'warn'].includes(toneOf(notice) ?? ''))
  const newest = grave.at(-1)
  return (
    <ListButton
      label={newest === undefined ? 'Notices' : `The newest: ${noticeText(newest)}`}
      className={newest === undefined ? '' : 'hb-warn'}
      text={newest === undefined ? 'Notices' : countText(grave.length, notices.discarded > 0)}
      renderList={(id) => <NoticesList id={id} notices={notices} />}
    />
  )
}

function countText(count: number, isMore: boolean): string {
  return `▲ ${wholeNumber(count)}${isMore ? '+' : ''} ${count === 1 && !isMore ? 'notice' : 'notices'}`
}
