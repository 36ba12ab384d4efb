import type { Browser } from 'playwright'
import { withChromium } from '../browser/chromium.ts'
import { withSite } from '../browser/site.ts'
import type { Effort } from '../measure.ts'
import { filtering } from '../panel/filtering.ts'
import { filteringPart } from '../panel/filtering-part.ts'
import { mainThread } from '../panel/main-thread.ts'
import { mainThreadPart } from '../panel/main-thread-part.ts'
import { memory } from '../panel/memory.ts'
import { memoryPart } from '../panel/memory-part.ts'
import type { Part } from '../panel/part.ts'
import { release } from '../panel/release.ts'
import { releasePart } from '../panel/release-part.ts'
import { Tab } from '../panel/tab.ts'
import type { Table } from '../table.ts'

/** Each part in a page of its own. */
async function measureAll(browser: Browser, origin: string, { quick }: Effort): Promise<readonly Part[]> {
  const inTab = <T>(use: (tab: Tab) => Promise<T>): Promise<T> => Tab.with(browser, origin, use)
  return [
    mainThreadPart(await inTab((tab) => mainThread(tab, quick ? 4 : 10, quick ? 1_500 : 2_500))),
    filteringPart(await inTab((tab) => filtering(tab, quick ? 12 : 30))),
    memoryPart(await inTab((tab) => memory(tab, quick ? 1_200_000 : 6_000_000))),
    releasePart(await inTab(release)),
  ]
}

const note = `The share of the main thread is what it computed: waiting for a core does not count. What is called plain is a
loop over an array of as many events, \`JSON.stringify\` and \`includes\`; the bars for filters look at the quicker half of the
rounds, and are set for a machine where it takes 42 ms.`

export const panel: Table = {
  async run(effort) {
    const parts = await withChromium((browser) =>
      withSite(new URL('../panel/page.js', import.meta.url), (origin) => measureAll(browser, origin, effort)),
    )
    return {
      title: 'The devtools panel in Chromium: 10,000 events/s, 100,000 rows',
      columns: ['what', 'median', 'p10–p90', 'unit'],
      rows: parts?.flatMap(({ rows }) => rows) ?? [],
      bars: parts?.flatMap(({ bars }) => bars) ?? [],
      note: parts === undefined ? 'No Chromium was found, so nothing could be measured.' : note,
    }
  },
}
