import type { BenchPage } from './page.ts'
import type { Drawn } from './screen.ts'
import type { Tab } from './tab.ts'

declare const bench: BenchPage

/** Fewer would say nothing about a list. */
const FEW = 8

/**
 * What is on the screen once the panel shows the newest event. Throws unless it really shows it, with a screen full of rows,
 * and has counted every event.
 */
export async function checked(tab: Tab, capacity: number): Promise<Drawn> {
  await tab.page.evaluate(() => bench.shown())
  const [drawn, recorded, published] = await tab.page.evaluate(
    () => [bench.drawn(), bench.recorded, bench.load.published] as const,
  )
  const faults = [
    drawn.screenful < FEW && `there is room for ${drawn.screenful} rows only`,
    drawn.seen < drawn.screenful && `of ${drawn.screenful} rows ${drawn.seen} are drawn`,
    drawn.listed !== Math.min(recorded, capacity) && `of ${recorded} events ${drawn.listed} are listed`,
    !drawn.newestText.includes(`{n: ${published - 1}, `) && `the newest row is “${drawn.newestText}”`,
  ]
  const fault = faults.find((one) => one !== false)
  if (fault !== undefined) throw new Error(`The panel doesn't show what was published: ${fault}`)
  return drawn
}
