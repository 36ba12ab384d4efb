import { setTimeout } from 'node:timers/promises'
import { quantile } from '../figures.ts'
import { shuffled } from '../measure.ts'
import { checked } from './checked.ts'
import type { Watched } from './frames.ts'
import type { BenchPage } from './page.ts'
import { FILLED, LARGE_CAPACITY, RATE } from './sizes.ts'
import type { Tab } from './tab.ts'

declare const bench: BenchPage

const SETTLE = 700 // ms

/** How the devtools stand in the page: not at all, recording behind their button, or open and following. */
const states = ['absent', 'closed', 'open'] as const
export type State = (typeof states)[number]

/** What a stretch of time cost in one state. */
export interface Share {
  /** Of the main thread, %. */
  readonly busy: number
  /** ms from frame to frame, of 95 %. */
  readonly p95: number
  /** Times a second that the list showed another newest row. */
  readonly draws: number
}

export type Shares = Readonly<Record<State, readonly Share[]>>

/** As many events a second in each state: all states once a round, in a new order every round. */
export async function mainThread(tab: Tab, rounds: number, ms: number): Promise<Shares> {
  const shares: Record<State, Share[]> = { absent: [], closed: [], open: [] }
  let before: State = 'absent'
  for (let round = -1; round < rounds; round++) {
    for (const state of shuffled(states)) {
      await change(tab, before, state)
      const share = await measure(tab, state, ms)
      if (state === 'open') await checked(tab, LARGE_CAPACITY)
      if (round >= 0) shares[state].push(share)
      before = state
    }
  }
  return shares
}

async function change(tab: Tab, from: State, to: State): Promise<void> {
  if (to === 'absent') await tab.page.evaluate(() => bench.unmount())
  else if (from === 'absent') await fill(tab, to)
  else if (from !== to) await tab.toggle()
}

async function fill(tab: Tab, state: 'closed' | 'open'): Promise<void> {
  await tab.page.evaluate((capacity) => bench.mount(capacity), LARGE_CAPACITY)
  await tab.page.evaluate((count) => bench.load.pump(count), FILLED)
  await checked(tab, LARGE_CAPACITY)
  if (state === 'closed') await tab.toggle()
}

async function measure(tab: Tab, state: State, ms: number): Promise<Share> {
  await tab.collect()
  await tab.page.evaluate((rate) => bench.flow(rate), RATE)
  await setTimeout(SETTLE)
  const before = await tab.metrics()
  const watched = await tab.page.evaluate((time) => bench.watch(time), ms)
  const after = await tab.metrics()
  await tab.page.evaluate(() => bench.flow(0))
  const fault = faultOf(watched, state)
  if (fault !== undefined) throw new Error(`This measures nothing: ${fault}`)
  return {
    busy: ((after.busy - before.busy) / watched.ms) * 100,
    p95: quantile(watched.intervals, 0.95),
    draws: (watched.draws / watched.ms) * 1_000,
  }
}

function faultOf(
  { published, draws, ms }: Watched & { readonly published: number },
  state: State,
): string | undefined {
  const rate = (published / ms) * 1_000
  if (Math.abs(rate / RATE - 1) > 0.1) return `${rate} events a second`
  if (draws > 0 !== (state === 'open')) return `the list was drawn ${draws} times while it was ${state}`
  return undefined
}
