import type { ReactNode } from 'react'
import { clockTime, duration, wholeNumber } from '../look/figures.ts'

interface CountProps {
  readonly value: number
  readonly tone?: string
  /** Says the same as the tone, for those who see no colours. */
  readonly mark?: string
  readonly title?: string | undefined
  /** Beside the figure, fainter. */
  readonly beside?: string
}

export function Count({ value, tone = '', mark = '', title, beside = '' }: CountProps): ReactNode {
  if (value === 0) return <td className="hb-faint">0</td>
  return (
    <td className={tone} title={title}>
      {mark !== '' && <span aria-hidden="true">{mark} </span>}
      {wholeNumber(value)}
      {beside !== '' && <span className="hb-table-beside"> {beside}</span>}
    </td>
  )
}

interface FailuresProps {
  readonly failures: number
  /** Calls that ended well. */
  readonly handled: number
}

/** How many calls failed, and which share of all. */
export function Failures({ failures, handled }: FailuresProps): ReactNode {
  const share = (failures / Math.max(1, failures + handled)) * 100
  const percent = `${share > 0 && share < 1 ? '<1' : Math.round(share)} %`
  return (
    <Count value={failures} tone="hb-error" mark="✕" title={`${percent} of all calls`} beside={percent} />
  )
}

export function Percentile({ ms, samples }: { readonly ms: number; readonly samples: number }): ReactNode {
  return samples === 0 ? <td className="hb-faint">–</td> : <td>{duration(ms)}</td>
}

/** To the second, which is as much as can be read while it changes. `at` in epoch ms; 0 for never. */
export function TimeCell({ at }: { readonly at: number }): ReactNode {
  if (at === 0) return <td className="hb-faint">–</td>
  const time = clockTime(at)
  return (
    <td className="hb-dim" title={time}>
      {time.slice(0, 8)}
    </td>
  )
}
