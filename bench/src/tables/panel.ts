import type { Browser } from 'playwright'
import { withChromium } from '../browser/chromium.ts'
import { withSite } from '../browser/site.ts'
import { brief, difference, median, type Series, spread } from '../figures.ts'
import type { Effort } from '../measure.ts'
import type { Blocked } from '../panel/blocks.ts'
import { type FilterName, filterNames, filters } from '../panel/events.ts'
import { filtering, type Searches } from '../panel/filtering.ts'
import { mainThread, type Share, type Shares, type State } from '../panel/main-thread.ts'
import { type Memory, memory } from '../panel/memory.ts'
import { type Release, release } from '../panel/release.ts'
import { Tab } from '../panel/tab.ts'
import { atLeast, atMost, type Bar, type Table } from '../table.ts'

interface Measured {
  readonly shares: Shares
  readonly searches: Searches
  readonly kept: Memory
  readonly released: Release
}

/** Undefined: there is no Chromium. */
function measureAll({ quick }: Effort): Promise<Measured | undefined> {
  const inSite = (browser: Browser): Promise<Measured> =>
    withSite(new URL('../panel/page.js', import.meta.url), async (origin) => {
      const inTab = <T>(use: (tab: Tab) => Promise<T>): Promise<T> => Tab.with(browser, origin, use)
      return {
        shares: await inTab((tab) => mainThread(tab, quick ? 4 : 12, quick ? 2_000 : 3_000)),
        searches: await inTab((tab) => filtering(tab, quick ? 9 : 25)),
        kept: await inTab((tab) => memory(tab, quick ? 1_200_000 : 6_000_000)),
        released: await inTab(release),
      }
    })
  return withChromium(inSite)
}

type Row = readonly [what: string, median: string, spread: string, unit: string]

function row(what: string, measured: Series | number, unit: string): Row {
  if (typeof measured === 'number') return [what, brief(measured), '', unit]
  return [what, brief(median(measured.values)), spread(measured.values), unit]
}

function series<T>(samples: readonly T[], pick: (sample: T) => number): Series {
  return { name: '', values: samples.map(pick) }
}

const share = (shares: Shares, state: State, what: keyof Share): Series =>
  series(shares[state], (one) => one[what])

const stateNames = { absent: 'no devtools', closed: 'recording, panel closed', open: 'panel open, following' }

function flowRows(shares: Shares): Row[] {
  const states = ['absent', 'closed', 'open'] as const
  return [
    ...states.map((one) => row(`main thread, ${stateNames[one]}`, share(shares, one, 'busy'), '%')),
    ...states.map((one) => row(`frame to frame, p95, ${stateNames[one]}`, share(shares, one, 'p95'), 'ms')),
    row('the list was drawn', share(shares, 'open', 'draws'), 'a second'),
  ]
}

function flowBars(shares: Shares): Bar[] {
  const more = (one: State, other: State): Series =>
    difference(share(shares, one, 'busy'), share(shares, other, 'busy'))
  return [
    atMost(20, 'frame to frame while following, p95', share(shares, 'open', 'p95'), 'ms'),
    atMost(12, 'the panel while following, of the main thread', more('open', 'closed'), '%'),
    atLeast(10, 'the list is drawn meanwhile', share(shares, 'open', 'draws'), 'times a second'),
    atMost(1, 'recording with the panel closed, of the main thread', more('closed', 'absent'), '%'),
  ]
}

const search = (searches: Searches, name: FilterName, what: keyof Blocked): Series =>
  series(searches[name], (one) => one[what])

function searchRows(searches: Searches): Row[] {
  return filterNames.flatMap((name) => [
    row(`\`${filters[name].text}\`, until all is listed`, search(searches, name, 'total'), 'ms'),
    row(`\`${filters[name].text}\`, longest block`, search(searches, name, 'longest'), 'ms'),
  ])
}

function searchBars(searches: Searches): Bar[] {
  const limits = { topic: 16, duration: 16, text: 100 }
  return filterNames.flatMap((name) => [
    atMost(limits[name], `filter by ${name}, until all is listed`, search(searches, name, 'total'), 'ms'),
    atMost(16, `filter by ${name}, longest block`, search(searches, name, 'longest'), 'ms'),
  ])
}

function memoryRows(
  { before, early, late }: Memory,
  { listed, cleared, unmounted, unmountedClosed }: Release,
): Row[] {
  return [
    row('heap before', before.heap / 1e6, 'MB'),
    row('heap after a third of the events', early.heap / 1e6, 'MB'),
    row('heap after all', late.heap / 1e6, 'MB'),
    row('DOM nodes after a third', early.nodes, ''),
    row('DOM nodes after all', late.nodes, ''),
    row('data of 1,000 events in memory, listed', listed, ''),
    row('after clear', cleared, ''),
    row('after the open panel was unmounted', unmounted, ''),
    row('after the closed one was unmounted', unmountedClosed, ''),
  ]
}

function memoryBars(
  { before, early, late }: Memory,
  { listed, cleared, unmounted, unmountedClosed }: Release,
): Bar[] {
  return [
    atMost(1.03, 'heap at the end, to that after a third of the events', late.heap / early.heap),
    atMost(64, 'heap of the panel with its list full', (late.heap - before.heap) / 1e6, 'MB'),
    atLeast(1_000, 'data in memory while 1,000 events are listed', listed, ''),
    atMost(0, 'data in memory after clear', cleared, ''),
    atMost(0, 'data in memory after unmounting', unmounted + unmountedClosed, ''),
  ]
}

export const panel: Table = {
  async run(effort) {
    const measured = await measureAll(effort)
    const shape = {
      title: 'Devtools panel in Chromium: 10,000 events/s, 100,000 rows',
      columns: ['what', 'median', 'p10–p90', 'unit'],
    }
    if (measured === undefined)
      return { ...shape, rows: [], bars: [], note: 'No Chromium was found, so nothing could be measured.' }
    const { shares, searches, kept, released } = measured
    return {
      ...shape,
      rows: [...flowRows(shares), ...searchRows(searches), ...memoryRows(kept, released)],
      bars: [...flowBars(shares), ...searchBars(searches), ...memoryBars(kept, released)],
      note: 'The main thread’s share is what it computed: waiting for a core does not count.',
    }
  },
}
