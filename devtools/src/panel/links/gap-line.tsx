import type { ReactNode } from 'react'
import type { Gap } from '../../model/gaps.ts'
import { clockTime, duration, wholeNumber } from '../look/figures.ts'

interface Props {
  readonly gap: Gap
  /** Epoch ms. */
  readonly now: number
  /** Shows what happened around it. */
  readonly onLook: () => void
}

/** One gap: from when to when, over which link, how much and why. */
export function GapLine({ gap: { link, from, to, reason, missing }, now, onLook }: Props): ReactNode {
  const lasts = to === undefined
  return (
    <tr data-lasts={lasts ? '' : undefined} title={reason}>
      <td>
        <button
          type="button"
          className="hb-link hb-mono"
          title="Show what happened around it"
          onClick={onLook}
        >
          {clockTime(from)}
        </button>
      </td>
      <td className="hb-mono hb-extra">{lasts ? <span className="hb-error">lasts</span> : clockTime(to)}</td>
      <td className="hb-number hb-mono">{to === from ? '–' : duration((to ?? now) - from)}</td>
      <td className="hb-mono">{link}</td>
      <td className="hb-number hb-mono">{missingText(missing, to === from)}</td>
      <td className="hb-dim hb-selectable hb-extra">{reason}</td>
    </tr>
  )
}

/** A link that was lost may make up for it, and tells what it can't. */
function missingText(missing: number | undefined, isTold: boolean): string {
  if (missing !== undefined) return wholeNumber(missing)
  return isTold ? 'unknown' : '–'
}
