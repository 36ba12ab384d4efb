import { atMost } from '../table.ts'
import type { Memory } from './memory.ts'
import { type Part, row } from './part.ts'

const MB = 1e6

export function memoryPart({ before, early, late }: Memory): Part {
  return {
    rows: [
      row('heap before', before.heap / MB, 'MB'),
      row('heap after a third of the events', early.heap / MB, 'MB'),
      row('heap after all', late.heap / MB, 'MB'),
      row('DOM nodes after a third', early.nodes),
      row('DOM nodes after all', late.nodes),
    ],
    bars: [
      atMost(1.05, 'heap at the end, to that after a third of the events', late.heap / early.heap),
      atMost(64, 'heap of the devtools with a full list', (late.heap - before.heap) / MB, 'MB'),
    ],
  }
}
