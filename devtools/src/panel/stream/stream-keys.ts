import type { MatchingRows } from '../../model/matching-rows.ts'
import type { Panel } from '../state/panel.ts'
import { placeOf } from './row-order.ts'

const steps: Readonly<Record<string, number>> = {
  j: 1,
  ArrowDown: 1,
  k: -1,
  ArrowUp: -1,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
}

/** The row that a key leads to from the selected one, or from the newest; `undefined` when it leads nowhere. `page` in rows. */
export function rowAfterKey(
  key: string,
  matching: MatchingRows,
  selected: number | undefined,
  page: number,
): number | undefined {
  const step = key === 'PageDown' ? page : key === 'PageUp' ? -page : steps[key]
  if (step === undefined || matching.length === 0) return undefined
  const last = matching.length - 1
  const from = selected === undefined ? matching.length : placeOf(matching, selected)
  const isGone = selected !== undefined && matching.positionOf(selected) < 0
  const wanted = isGone && step > 0 ? from + step - 1 : from + step // where it would stand is the row after it
  return matching.at(last - Math.max(0, Math.min(last, wanted)))
}

/** Opens the inspector, or goes there when it is open. */
export function inspectSelected(panel: Panel): void {
  if (panel.settings.get().inspectorOpen) panel.go('inspector')
  else panel.settings.set({ inspectorOpen: true })
}
