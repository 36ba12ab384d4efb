import { setTimeout } from 'node:timers/promises'
import { shuffled } from '../measure.ts'
import type { Blocked } from './blocks.ts'
import { checked } from './checked.ts'
import { type FilterName, filterNames } from './events.ts'
import type { BenchPage } from './page.ts'
import { FILLED, LARGE_CAPACITY } from './sizes.ts'
import type { Tab } from './tab.ts'

declare const bench: BenchPage

export type Searches = Readonly<Record<FilterName, readonly Blocked[]>>

/** Types each filter into the open panel, once a round, with 100,000 rows at rest: until all that it finds is listed. */
export async function filtering(tab: Tab, rounds: number): Promise<Searches> {
  const searches: Record<FilterName, Blocked[]> = { topic: [], duration: [], text: [] }
  await tab.page.evaluate((capacity) => bench.mount(capacity), LARGE_CAPACITY)
  await tab.page.evaluate((count) => bench.load.pump(count), FILLED)
  await setTimeout(100) // the slowest handlers have finished
  await checked(tab, LARGE_CAPACITY)
  for (let round = -1; round < rounds; round++) {
    await tab.collect()
    for (const name of shuffled(filterNames)) {
      const search = await tab.page.evaluate((one) => bench.filter(one), name)
      if (round >= 0) searches[name].push(search)
    }
  }
  return searches
}
