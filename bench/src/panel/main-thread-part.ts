import { difference, type Series } from '../figures.ts'
import { atLeast, atMost, shortOf } from '../table.ts'
import type { Share, Shares, State } from './main-thread.ts'
import { type Part, row } from './part.ts'

const names = { absent: 'no devtools', closed: 'recording, panel closed', open: 'panel open, following' }

export function mainThreadPart(shares: Shares): Part {
  const of = (state: State, what: keyof Share): Series => ({
    name: state,
    values: shares[state].map((share) => share[what]),
  })
  const more = (state: State, than: State): Series => difference(of(state, 'busy'), of(than, 'busy'))
  const states = ['absent', 'closed', 'open'] as const
  return {
    rows: [
      ...states.map((state) => row(`main thread, ${names[state]}`, of(state, 'busy'), '%')),
      ...states.map((state) => row(`frame to frame, p95, ${names[state]}`, of(state, 'p95'), 'ms')),
      row('the list is drawn', of('open', 'draws'), 'a second'),
    ],
    bars: [
      atMost(20, 'frame to frame while following, p95', of('open', 'p95'), 'ms'),
      atMost(12, 'the open panel while following, of the main thread', more('open', 'closed'), '%'),
      atLeast(10, 'how often the list is drawn meanwhile', of('open', 'draws'), 'a second'),
      shortOf(1, atMost(3, 'recording, of the main thread', more('closed', 'absent'), '%')),
    ],
  }
}
