import { shortText } from '../../model/members.ts'
import type { Notice } from '../../model/notices.ts'

/** A notice in words, and how grave it is. */
export interface NoticeText {
  readonly tone: 'error' | 'warn' | 'info'
  readonly glyph: string
  readonly text: string
}

/** Those that a developer should know of; `undefined` for subscriptions that come and go. */
export function noticeText(notice: Notice): NoticeText | undefined {
  switch (notice.type) {
    case 'refused':
      return {
        tone: 'error',
        glyph: '✕',
        text: `refused${via(notice.link)}: ${shortText(notice.error, 300)}`,
      }
    case 'gap':
      return {
        tone: 'warn',
        glyph: '▲',
        text: `${notice.missing ?? 'some'} events missing${via(notice.link)}: ${notice.reason}`,
      }
    case 'link':
      return linkText(notice.link, notice.status)
    case 'overflow':
      return {
        tone: 'warn',
        glyph: '▲',
        text: `${notice.memory} is full (${notice.capacity}); what has no place is dropped and counted`,
      }
    case 'warning':
      return { tone: 'warn', glyph: '▲', text: `${notice.topic}: ${notice.detail}` }
    case 'closed':
      return { tone: 'info', glyph: '◆', text: 'the bus is closed' }
    case 'subscribed':
    case 'unsubscribed':
      return undefined
    default:
      return undefined // a newer bus may tell what this panel has not heard of
  }
}

function linkText(link: string, status: string): NoticeText {
  if (status === 'lost') return { tone: 'error', glyph: '✕', text: `${link} is lost` }
  return { tone: 'info', glyph: '◆', text: `${link} is ${status}` }
}

function via(link: string | undefined): string {
  return link === undefined ? '' : ` over ${link}`
}
