import type { TimeRange } from '../../model/view.ts'
import type { Session } from '../state/session.ts'

/** What the strip shows of a bus: the last two minutes, in ms. */
const LIVE = 120_000
const BARS = 120

/** The time that the strip shows. */
export function spanOf({ bus, recorder, now }: Session): TimeRange {
  if (bus !== undefined) return { from: now - LIVE, to: now }
  const { rows } = recorder
  if (rows.length === 0) return { from: now - LIVE, to: now }
  const from = rows.time[rows.slot(rows.oldest)]!
  const to = rows.time[rows.slot(rows.next - 1)]!
  return { from, to: Math.max(to + 1, from + 1_000) }
}

/** ms of a bar: a second for a bus; of a recording so much that all of it has room. */
export function barWidth(session: Session): number {
  if (session.bus !== undefined) return LIVE / BARS
  const { from, to } = spanOf(session)
  return Math.max(1, Math.ceil((to - from) / BARS))
}

/** Stretches in which events were missed or a link was down, of those that the notices tell. */
export function gapsOf({ recorder, now }: Session): readonly TimeRange[] {
  const gaps: TimeRange[] = []
  const lost = new Map<string, number>()
  for (const notice of recorder.notices.list) {
    if (notice.type === 'gap') gaps.push({ from: notice.at - 500, to: notice.at + 500 })
    if (notice.type !== 'link') continue
    if (notice.status === 'lost' && !lost.has(notice.link)) lost.set(notice.link, notice.at)
    const from = lost.get(notice.link)
    if (notice.status === 'lost' || from === undefined) continue
    gaps.push({ from, to: notice.at })
    lost.delete(notice.link)
  }
  for (const from of lost.values()) gaps.push({ from, to: now })
  return gaps
}
