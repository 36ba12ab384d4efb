import { type ReactNode, useMemo } from 'react'
import { wholeNumber } from '../look/figures.ts'
import type { Session } from '../state/session.ts'
import { useFrame, usePanel } from '../use-panel.ts'

const PAUSE = 5_000 // ms: whoever listens has more to listen to

/** Tells those who can't see the list how much comes; never the rows themselves. */
export function RateVoice(): ReactNode {
  const panel = usePanel()
  const frame = useFrame(PAUSE)
  // Whatever else renders this, the words stay until the next frame that counts.
  // oxlint-disable-next-line react/exhaustive-deps
  const words = useMemo(() => wordsFor(panel.session), [panel, frame])
  return <output className="hb-unseen">{words}</output>
}

function wordsFor({ recorder, view, now }: Session): string {
  const { all } = recorder.statistics
  const rate = Math.round(all.seconds.rate(now))
  const words = [`${wholeNumber(rate)} events a second`]
  if (all.failures > 0) words.push(`${wholeNumber(all.failures)} failures so far`)
  if (view.paused) words.push('the list is paused')
  return words.join(', ')
}
