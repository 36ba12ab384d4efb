import { setImmediate } from 'node:timers/promises'
import type { Contender } from '../contender.ts'
import { heliobus } from '../contenders/heliobus.ts'
import { mapOfObjects } from '../contenders/map-of-objects.ts'
import { mqemitterBus } from '../contenders/mqemitter.ts'
import { qlobber } from '../contenders/qlobber.ts'
import { brief, median, scaled, type Series } from '../figures.ts'
import { distinctHandler } from '../handler.ts'
import { heapUsed } from '../heap.ts'
import { mixed, sparse } from '../patterns.ts'
import { atMost, type Bar, type Table } from '../table.ts'

const SIZE = 100_000
const contenders = [mapOfObjects, heliobus, qlobber, mqemitterBus]

const mixes = { mixed, 'wildcards only': sparse }

type Mix = keyof typeof mixes
type Sample = Readonly<Record<'subscribe' | 'unsubscribe' | 'bytes' | 'left', number>>

/** Joined strings are trees until somebody reads them; these are flat, as literals are. */
function flatPatterns(mix: Mix): readonly string[] {
  return Array.from({ length: SIZE }, (_, index) => Buffer.from(mixes[mix](index)).toString('latin1'))
}

/** Nanoseconds, and bytes a subscription: while all are there, and after all have gone. */
async function sample(contender: Contender, patterns: readonly string[]): Promise<Sample> {
  const handler = distinctHandler(contender.style)
  const handles: unknown[] = Array.from({ length: SIZE }, () => undefined)
  const emitter = contender.make()
  const empty = heapUsed()
  const subscribe = await timed((index) => {
    handles[index] = emitter.subscribe(patterns[index]!, handler)
  })
  const full = heapUsed()
  const unsubscribe = await timed((index) => emitter.unsubscribe(patterns[index]!, handler, handles[index]))
  handles.fill(undefined)
  const after = heapUsed()
  void emitter.publish('a.b', {}) // it is alive until here
  return { subscribe, unsubscribe, bytes: (full - empty) / SIZE, left: (after - empty) / SIZE }
}

async function timed(act: (index: number) => void): Promise<number> {
  const start = process.hrtime.bigint()
  for (let index = 0; index < SIZE; index++) act(index)
  await setImmediate() // some only now do what they were asked for
  return Number(process.hrtime.bigint() - start) / SIZE
}

/** The first round warms up. */
async function samples(mix: Mix, rounds: number): Promise<Map<Contender, Sample[]>> {
  const patterns = flatPatterns(mix)
  const all = new Map(contenders.map((contender) => [contender, [] as Sample[]]))
  for (let round = 0; round <= rounds; round++) {
    for (const contender of contenders) {
      const one = await sample(contender, patterns)
      if (round > 0) all.get(contender)!.push(one)
    }
  }
  return all
}

type Pick = (contender: Contender, what: keyof Sample) => Series

function rows(mix: Mix, pick: Pick): string[][] {
  const columns = ['subscribe', 'unsubscribe', 'bytes', 'left'] as const
  return contenders.map((one) => [
    `${one.name}, ${mix}`,
    ...columns.map((what) => brief(median(pick(one, what).values))),
  ])
}

export const subscriptions: Table = {
  async run({ quick }) {
    const picks = new Map<Mix, Pick>()
    for (const mix of quick ? (['mixed'] as const) : (['mixed', 'wildcards only'] as const)) {
      const all = await samples(mix, quick ? 3 : 9)
      picks.set(mix, (one, what) => ({ name: one.name, values: all.get(one)!.map((each) => each[what]) }))
    }
    const pick = picks.get('mixed')!
    const slow = (what: 'subscribe' | 'unsubscribe'): Bar =>
      atMost(scaled(2_000, 200, pick(mapOfObjects, what)), what, pick(heliobus, what), 'ns')
    return {
      title: '100,000 different patterns: subscribe all, unsubscribe all',
      columns: [
        'contender, patterns',
        'subscribe, ns',
        'unsubscribe, ns',
        'bytes each',
        'bytes left of each',
      ],
      rows: [...picks].flatMap(([mix, one]) => rows(mix, one)),
      bars: [
        slow('subscribe'),
        slow('unsubscribe'),
        atMost(300, 'bytes a subscription', pick(heliobus, 'bytes'), 'bytes'),
        atMost(1, 'bytes left of a subscription that has ended', pick(heliobus, 'left'), 'bytes'),
      ],
      note: 'Mixed: 60 % plain topics, 35 % with one `*`, 5 % with `**`. The bars are for those; that for time is set for a machine where the Map of objects takes 200 ns.',
    }
  },
}
