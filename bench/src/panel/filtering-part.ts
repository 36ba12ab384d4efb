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
    topic: { total: { goal: 16, held: 22 }, longest: { goal: 16, held: 20 } },
    duration: { total: { goal: 16, held: 22 }, longest: { goal: 16, held: 20 } },
    text: { total: { goal: 100, held: 140 }, longest: { goal: 16, held: 26 } },
  }

const words = { total: 'until all is listed', longest: 'longest block' }

export function filteringPart(searches: Searches): Part {
  const of = (name: SearchName, what: keyof Blocked): Series => ({
    name,
    values: searches[name].map((search) => search[what]),
  })
  const floor = undisturbed(of('plain', 'total'))
  const here = (ms: number): number => scaled(ms, PLAIN, floor)
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
      shortOf(here(goal), atMost(here(held), label, undisturbed(series), 'ms')),
    ),
  }
}

/** The quicker half: a page has threads and processes, and when the machine is busy, each waits for the other. */
function undisturbed({ name, values }: Series): Series {
  const sorted = values.toSorted((a, b) => a - b)
  return { name, values: sorted.slice(0, Math.ceil(sorted.length / 2)) }
}
