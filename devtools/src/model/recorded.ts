import { Recorder } from './recorder.ts'
import { countRows, layOut } from './row-counts.ts'
import type { Rows } from './rows.ts'
import type { Statistics } from './statistics.ts'

/** A recorder of rows that were recorded elsewhere. Its statistics are of these alone, unless others came with them. */
export function recorded(rows: Rows, statistics: Statistics = countRows(rows)): Recorder {
  const recorder = new Recorder({}, rows, statistics)
  layOut(rows, recorder.timeline)
  return recorder
}
