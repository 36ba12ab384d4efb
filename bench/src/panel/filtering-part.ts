import { scaled, type Series } from '../figures.ts'
import { atMost, type Bar, shortOf } from '../table.ts'
import type { Blocked } from './blocks.ts'
import { type FilterName, filterNames, filters } from './events.ts'
import type { SearchName, Searches } from './filtering.ts'
import { type Part, row } from './part.ts'

/** ms that the plain search takes where the limits below were set. */
const PLAIN = 42

/** ms: what is asked for, and what is held today. */
const limits: Readonly<Record<FilterName, Readonly<Record<keyof Blocked, { goal: number; held: number }>>>> =
  {
    topic: { total: { goal: 16, held: 24 }, longest: { goal: 16, held: 22 } },
    duration: { total: { goal: 16, held: 24 }, longest: { goal: 16, held: 22 } },
    text: { total: { goal: 100, held: 135 }, longest: { goal: 16, held: 27 } },
  }

const words = { total: 'until all is listed', longest: 'longest block' }

export function filteringPart(searches: Searches): Part {
  const of = (name: SearchName, what: keyof Blocked): Series => ({
    name,
    values: searches[name].map((search) => search[what]),
  })
  const here = (ms: number): number => scaled(ms, PLAIN, of('plain', 'total'))
  const measured = filterNames.flatMap((name) =>
    (['total', 'longest'] as const).map((what) => ({
      ...limits[name][what],
      label: `\`${filters[name].text}\`, ${words[what]}`,
      series: of(name, what),
    })),
  )
  return {
    rows: [
      ...measured.map(({ label, series }) => row(label, series, 'ms')),
      row('plain search for the same text', of('plain', 'total'), 'ms'),
    ],
    bars: measured.map(({ label, series, goal, held }): Bar =>
      shortOf(here(goal), atMost(here(held), label, series, 'ms')),
    ),
  }
}
