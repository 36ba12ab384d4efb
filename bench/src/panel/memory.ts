import { checked } from './checked.ts'
import type { BenchPage } from './page.ts'
import { DEFAULT_CAPACITY, RATE } from './sizes.ts'
import type { Metrics, Tab } from './tab.ts'

declare const bench: BenchPage

/** When nothing is left to collect. */
export interface Memory {
  /** Before the devtools were mounted. */
  readonly before: Metrics
  /** After a third of the events. */
  readonly early: Metrics
  readonly late: Metrics
}

/** So many events through the open panel, as fast as they go, with the times of 10,000 a second. */
export async function memory(tab: Tab, events: number): Promise<Memory> {
  const before = await rested(tab)
  await tab.page.evaluate(() => bench.mount())
  await tab.page.evaluate((all) => bench.load.backdate(...all), [events, RATE] as const)
  const early = await after(tab, events / 3)
  const late = await after(tab, (events / 3) * 2)
  return { before, early, late }
}

async function after(tab: Tab, events: number): Promise<Metrics> {
  await tab.page.evaluate((count) => bench.load.pump(count), events)
  await checked(tab, DEFAULT_CAPACITY)
  return rested(tab)
}

async function rested(tab: Tab): Promise<Metrics> {
  await tab.collect()
  return tab.metrics()
}
