import { type ReactNode, Suspense } from 'react'
import type { Notices } from '../../model/notices.ts'
import { wholeNumber } from '../look/figures.ts'
import { later } from '../look/later.ts'
import { ListButton } from './list-button.tsx'
import { toneOf } from './notice-tone.ts'

const NoticesList = later(() => import('./notices-list.tsx'), 'NoticesList')

/** Opens the list of notices, and says when there is something amiss. */
export function NoticesButton({ notices }: { readonly notices: Notices }): ReactNode {
  const grave = notices.list.filter((notice) => ['error', 'warn'].includes(toneOf(notice) ?? ''))
  return (
    <ListButton
      label="What the bus had to say"
      className={grave.length === 0 ? '' : 'hb-warn'}
      text={grave.length === 0 ? 'Notices' : countText(grave.length, notices.discarded > 0)}
      renderList={(id) => (
        <Suspense>
          <NoticesList id={id} notices={notices} />
        </Suspense>
      )}
    />
  )
}

function countText(count: number, isMore: boolean): string {
  return `▲ ${wholeNumber(count)}${isMore ? '+' : ''} ${count === 1 && !isMore ? 'notice' : 'notices'}`
}
