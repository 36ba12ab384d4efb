// Runs in the page.
import { newest } from './screen.ts'

/** What was seen in a stretch of time. */
export interface Watched {
  /** ms from the begin of each frame to that of the next. */
  readonly intervals: readonly number[]
  /** Frames in which the list showed another newest row than before. */
  readonly draws: number
  readonly ms: number
}

export function watch(ms: number): Promise<Watched> {
  const intervals: number[] = []
  let [start, last, row, draws] = [0, 0, newest(), 0]
  return new Promise((resolve) => {
    const look = (begin: number): void => {
      const before = row
      row = newest()
      if (row !== before) draws++
      intervals.push(begin - last)
      last = begin
      if (begin - start < ms) requestAnimationFrame(look)
      else resolve({ intervals, draws, ms: begin - start })
    }
    requestAnimationFrame((begin) => {
      start = last = begin
      requestAnimationFrame(look)
    })
  })
}
