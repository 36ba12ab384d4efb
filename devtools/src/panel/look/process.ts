import type { Rows } from '../../model/rows.ts'

/** The process that an event happened in. */
export function processAt(rows: Rows, row: number): string {
  return rows.processes.nameOf(rows.process[rows.slot(row)]!)
}
