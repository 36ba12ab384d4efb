import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react'
import type { Notices } from '../../model/notices.ts'
import { Button } from '../look/button.tsx'
import { wholeNumber } from '../look/figures.ts'
import { usePressedOutside } from '../look/use-pressed-outside.ts'
import { noticeText, toneOf } from './notice-text.ts'
import { NoticesList } from './notices-list.tsx'

/** Opens the list of notices, and says when there is something amiss. Escape and a press elsewhere close it. */
export function NoticesButton({ notices }: { readonly notices: Notices }): ReactNode {
  const [isOpen, setOpen] = useState(false)
  const around = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const id = useId()
  usePressedOutside(around, isOpen, setOpen)
  const press = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    setOpen(false)
    button.current?.focus()
  }

  const grave = notices.list.filter((notice) => ['error', 'warn'].includes(toneOf(notice) ?? ''))
  const newest = grave.at(-1)
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys bubble here from what has the focus
    <div ref={around} className="hb-notices-around" onKeyDown={isOpen ? press : undefined}>
      {isOpen && <NoticesList id={id} notices={notices} />}
      <Button
        label={newest === undefined ? 'Notices' : `The newest: ${noticeText(newest)}`}
        expanded={isOpen}
        className={newest === undefined ? '' : 'hb-warn'}
        onClick={() => setOpen(!isOpen)}
        buttonRef={button}
      >
        {newest === undefined ? 'Notices' : countText(grave.length, notices.discarded > 0)}
      </Button>
    </div>
  )
}

function countText(count: number, isMore: boolean): string {
  return `▲ ${wholeNumber(count)}${isMore ? '+' : ''} ${count === 1 && !isMore ? 'notice' : 'notices'}`
}
