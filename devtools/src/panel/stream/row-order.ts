import type { MatchingRows } from '../../model/matching-rows.ts'

/** How many of the listed rows are newer than `row`, whether that is listed or not. Looks at a few rows of many. */
export function countNewer(matching: MatchingRows, row: number): number {
  let [low, high] = [0, matching.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (matching.at(middle)! > row) low = middle + 1
    else high = middle
  }
  return low
}

/** Where a listed row stands from the top, the oldest being 0; where it would stand, if it isn't listed. */
export function placeOf(matching: MatchingRows, row: number): number {
  const newer = countNewer(matching, row)
  return matching.length - newer - (matching.at(newer) === row ? 1 : 0)
}
