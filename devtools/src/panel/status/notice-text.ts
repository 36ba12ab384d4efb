import type { Alert } from '@heliobus/core'
import { shortText } from '../../model/members.ts'
import type { Notice } from '../../model/notices.ts'
import { duration } from '../look/figures.ts'

/** A notice in words, and how grave it is. */
export interface NoticeText {
  readonly tone: 'error' | 'warn' | 'info'
  readonly glyph: string
  readonly text: string
}

/** Those that a developer should know of; `undefined` for those about one event, and subscriptions that come and go. */
export function noticeText(notice: Notice): NoticeText | undefined {
  if (notice.type === 'gap' || notice.type === 'link') return transportText(notice)
  if (notice.type === 'refused') return failure(`refused${via(notice.link)}: ${shortText(notice.error, 300)}`)
  if (notice.type === 'alert') return failure(alertText(notice.alert))
  if (notice.type === 'overflow')
    return warning(`${notice.memory} is full (${notice.capacity}); what has no place is dropped and counted`)
  if (notice.type === 'warning') return warning(`${notice.topic}: ${notice.detail}`)
  if (notice.type === 'slow') return warning(slowText(notice))
  return notice.type === 'closed' ? { tone: 'info', glyph: '◆', text: 'the bus is closed' } : undefined
}

function transportText(notice: Extract<Notice, { readonly type: 'gap' | 'link' }>): NoticeText {
  if (notice.type === 'link') return linkText(notice.link, notice.status)
  return warning(`${notice.missing ?? 'some'} events missing${via(notice.link)}: ${notice.reason}`)
}

function slowText({ subscription, ms, isBlocking }: Extract<Notice, { readonly type: 'slow' }>): string {
  const took = `${subscription.name} took ${duration(ms)}`
  return isBlocking ? `${took}, and nothing else could happen meanwhile` : took
}

function alertText({ name, threshold, on, window }: Alert): string {
  return `alert ${name}: ${threshold} × ${on} within ${duration(window)}`
}

function failure(text: string): NoticeText {
  return { tone: 'error', glyph: '✕', text }
}

function warning(text: string): NoticeText {
  return { tone: 'warn', glyph: '▲', text }
}

function linkText(link: string, status: string): NoticeText {
  if (status === 'lost') return { tone: 'error', glyph: '✕', text: `${link} is lost` }
  return { tone: 'info', glyph: '◆', text: `${link} is ${status}` }
}

function via(link: string | undefined): string {
  return link === undefined ? '' : ` over ${link}`
}
