import { useState } from 'react'
import type { Sorting } from './column.ts'

const CALM = 5_000 // ms between two orders of lines that move by themselves

interface Order<Item> {
  readonly sorting: Sorting | undefined
  /** Epoch ms. */
  readonly at: number
  readonly items: readonly Item[]
}

/**
 * Lines that jump can't be read: figures change at once, the order when somebody sorts, or every 5 s. New items wait at the
 * end until then. `sort` is called only when it is time.
 */
export function useCalmOrder<Item>(
  items: readonly Item[],
  sort: (items: readonly Item[]) => readonly Item[],
  sorting: Sorting,
  now: number,
): readonly Item[] {
  const [order, setOrder] = useState<Order<Item>>({ sorting: undefined, at: now, items: [] })
  const [there, known] = [new Set(items), new Set(order.items)]
  const kept = order.items.filter((item) => there.has(item))
  const areOthers = kept.length === 0 && items.length > 0
  if (order.sorting === sorting && now - order.at < CALM && !areOthers)
    return [...kept, ...items.filter((item) => !known.has(item))]
  const sorted = sort(items)
  setOrder({ sorting, at: now, items: sorted })
  return sorted
}
