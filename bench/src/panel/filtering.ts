import { setTimeout } from 'node:timers/promises'
import { shuffled } from '../measure.ts'
import type { Blocked } from './blocks.ts'
import { checked } from './checked.ts'
import { type FilterName, filterNames } from './events.ts'
import type { BenchPage } from './page.ts'
import { FILLED, LARGE_CAPACITY } from './sizes.ts'
import type { Tab } from './tab.ts'

declare const bench: BenchPage

/** Rounds that don't count. */
const WARM_UP = 3

/** The panel's filters, and a plain loop to compare with, which blocks the page from beginning to end. */
export type SearchName = FilterName | 'plain'
export type Searches = Readonly<Record<SearchName, readonly Blocked[]>>

/** Types each filter into the open panel, once a round, with 100,000 rows at rest: until all that it finds is listed. */
export async function filtering(tab: Tab, rounds: number): Promise<Searches> {
  const searches: Record<SearchName, Blocked[]> = { plain: [], topic: [], duration: [], text: [] }
  await tab.page.evaluate((capacity) => bench.mount(capacity), LARGE_CAPACITY)
  await tab.page.evaluate((count) => bench.load.pump(count), FILLED)
  await setTimeout(100) // the slowest handlers have finished
  await checked(tab, LARGE_CAPACITY)
  for (let round = -WARM_UP; round < rounds; round++) {
    await tab.collect()
    for (const name of shuffled(['plain', ...filterNames] as const)) {
      const blocked = await search(tab, name)
      if (round >= 0) searches[name].push(blocked)
    }
  }
  return searches
}

async function search({ page }: Tab, name: SearchName): Promise<Blocked> {
  if (name !== 'plain') return page.evaluate((one) => bench.filter(one), name)
  const ms = await page.evaluate(() => bench.plainSearch())
  return { total: ms, longest: ms }
}
