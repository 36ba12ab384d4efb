import type { TimelineBar } from '../../model/timeline.ts'
import type { TimeRange } from '../../model/view.ts'
import type { Session } from '../state/session.ts'

/** What the strip shows of a bus, in ms: the shortest that shows all of it, or else the last two minutes. */
const SPANS = [30_000, 60_000, 120_000] as const
const BARS = 120
/** A moment in which events were missed is shown as wide as this, in ms. */
const MOMENT = 1_000

/** The time that the strip shows. */
export function spanOf(session: Session): TimeRange {
  const { bus, recorder, now } = session
  const { rows } = recorder
  if (bus !== undefined || rows.length === 0) return { from: now - liveSpan(session), to: now }
  const from = rows.time[rows.slot(rows.oldest)]!
  const to = rows.time[rows.slot(rows.next - 1)]!
  return { from, to: Math.max(to + 1, from + 1_000) }
}

function liveSpan({ firstAt, now }: Session): number {
  const age = firstAt === undefined ? 0 : now - firstAt
  return SPANS.find((span) => age < span) ?? SPANS[2]
}

/** ms by which an edge of a range moves at a time: about a bar. */
export function stepOf({ from, to }: TimeRange): number {
  return Math.max(1, Math.ceil((to - from) / BARS))
}

/** How much happened when in a time. */
export function barsOf({ recorder }: Session, { from, to }: TimeRange): readonly TimelineBar[] {
  return recorder.timeline.bars(from, to, BARS)
}

/** Stretches in which events were missed or a link was down. */
export function gapsOf({ recorder }: Session, span: TimeRange): readonly TimeRange[] {
  return recorder.gaps.between(span.from, span.to).map(({ from, to = span.to }) => ({
    from: from === to ? from - MOMENT / 2 : from,
    to: from === to ? to + MOMENT / 2 : to,
  }))
}
