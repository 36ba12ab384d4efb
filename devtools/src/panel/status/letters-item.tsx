import type { ReactNode } from 'react'
import { wholeNumber } from '../look/figures.ts'
import type { Session } from '../state/session.ts'
import { usePanel } from '../use-panel.ts'

/** How many dead letters the bus and the groups have, and the way to them; nothing while there are none. */
export function LettersItem({ session }: { readonly session: Session }): ReactNode {
  const panel = usePanel()
  const count = (session.bus?.deadLetters?.size ?? 0) + (session.far?.letters.count ?? 0)
  if (count === 0) return null
  return (
    <button
      type="button"
      className="hb-status-item hb-dead"
      title="What handlers gave up on: look into it"
      aria-label={`${wholeNumber(count)} dead ${count === 1 ? 'letter' : 'letters'}`}
      onClick={() => panel.show('letters')}
    >
      ▣ <b>{wholeNumber(count)}</b>
      <span className="hb-status-extra"> dead {count === 1 ? 'letter' : 'letters'}</span>
    </button>
  )
}
