import { setTimeout } from 'node:timers/promises'
import { checked } from './checked.ts'
import type { BenchPage } from './page.ts'
import { DEFAULT_CAPACITY } from './sizes.ts'
import type { Tab } from './tab.ts'

declare const bench: BenchPage

/** Events whose data is watched. */
export const WATCHED = 1_000
/** ms in which even a panel at rest has drawn. */
const DRAWN = 1_500

/** The data of how many events is still in memory. */
export interface Release {
  /** While the panel lists them: all of it, or this measures nothing. */
  readonly listed: number
  readonly cleared: number
  /** The devtools were taken away with the panel open. */
  readonly unmounted: number
  /** The same, with the panel closed. */
  readonly unmountedClosed: number
}

export async function release(tab: Tab): Promise<Release> {
  return {
    listed: await after(tab, () => Promise.resolve()),
    cleared: await after(tab, () => tab.page.evaluate(() => bench.clear())),
    unmounted: await after(tab, () => unmount(tab)),
    unmountedClosed: await after(tab, async () => {
      await tab.toggle()
      await unmount(tab)
    }),
  }
}

/** Has the panel list the events and inspect one of them, and ends that. */
async function after(tab: Tab, end: () => Promise<void>): Promise<number> {
  await tab.page.evaluate(() => bench.mount())
  await tab.page.evaluate((count) => bench.watchData(count), WATCHED)
  await checked(tab, DEFAULT_CAPACITY)
  await tab.page.evaluate(() => bench.selectNewest())
  await setTimeout(DRAWN)
  await end()
  await setTimeout(DRAWN)
  await tab.page.evaluate(() => void bench.load.publish()) // a bus may remember its newest event
  await tab.collect()
  const alive = await tab.page.evaluate(() => bench.alive)
  await unmount(tab)
  return alive
}

function unmount(tab: Tab): Promise<void> {
  return tab.page.evaluate(() => bench.unmount())
}
