import { createTestBus } from '@heliobus/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  compileFilter,
  parseFilter,
  readRecording,
  Recorder,
  type Rows,
  writeRecording,
} from '../src/model.ts'

const HANDLERS = 3

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('publish' as const), fails: fc.array(fc.nat(HANDLERS - 1)) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.nat(400) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('redrive' as const, 'discard' as const, 'mend' as const),
      which: fc.nat(20),
    }),
  },
)

/** A bus whose handlers fail as the events tell them, until they are mended. */
function shop(): ReturnType<typeof createTestBus> & { readonly mend: (id: number) => void } {
  const made = createTestBus({ logger: { level: 'silent', log: () => undefined }, alerts: [] })
  const mended = new Set<number>()
  for (let handler = 0; handler < HANDLERS; handler++)
    made.bus.subscribe(
      'order.*',
      (event) => {
        const { id, fails } = event.data as { readonly id: number; readonly fails: readonly number[] }
        if (fails.includes(handler) && !mended.has(id)) throw new Error(`no ${handler}`)
      },
      { name: `h${handler}`, retry: { attempts: 2, delay: () => 100 } },
    )
  return { ...made, mend: (id) => void mended.add(id) }
}

function found(rows: Rows, filter: string): readonly string[] {
  const fits = compileFilter(parseFilter(filter).filter, rows, 0)
  const all = Array.from({ length: rows.length }, (_, index) => rows.oldest + index)
  return all.filter(fits).map((row) => rows.eventAt(row)!.id)
}

async function again(rows: Rows): Promise<Rows> {
  return (await readRecording(writeRecording(rows, { bus: 'shop', at: 0 }))).rows
}

/** A letter is thrown away while its handler has the event again. */
const discarded = [
  { do: 'publish' as const, fails: [0] },
  { do: 'wait' as const, ms: 100 },
  { do: 'redrive' as const, which: 0 },
  { do: 'discard' as const, which: 0 },
]

test('is:dead finds the events that have a dead letter, is:waiting those whose handler is to be called again', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
      const { bus, advance, clock, mend } = shop()
      const recorder = new Recorder()
      recorder.start(bus)
      let published = 0
      for (const one of steps) {
        const letters = bus.deadLetters.list()
        const letter = 'which' in one ? letters[one.which % letters.length] : undefined
        if (one.do === 'publish') bus.publish('order.paid', { id: published++, fails: one.fails })
        else if (one.do === 'wait') await advance(one.ms)
        else if (one.do === 'mend') mend(published - 1 - (one.which % 4))
        else if (one.do === 'discard' && letter !== undefined) bus.deadLetters.discard(letter.id)
        else if (letter !== undefined) void bus.deadLetters.redrive(letter.id)
        await advance(0)
        const { rows } = recorder
        const dead = new Set(bus.deadLetters.list().map(({ event }) => event.id))
        expect(new Set(found(rows, 'is:dead'))).toEqual(dead)
        expect(found(rows, 'is:waiting').length > 0).toBe(clock.pending > 0)
        expect(found(rows, 'is:ok is:error')).toEqual([])
      }
      const { rows } = recorder
      const read = await again(rows)
      for (const filter of ['is:dead', 'is:error', 'is:waiting', 'is:retry'])
        expect(found(read, filter)).toEqual(found(rows, filter))
      await bus.close()
    }),
    { numRuns: 40, examples: [[discarded]] },
  )
}, 60_000)

test('an event whose handlers all succeeded in the end has no error, and was retried', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.nat(HANDLERS - 1)), async (fails) => {
      const { bus, advance, mend } = shop()
      const recorder = new Recorder()
      recorder.start(bus)
      bus.publish('order.paid', { id: 0, fails })
      await advance(50)
      expect(found(recorder.rows, 'is:waiting is:error')).toHaveLength(fails.length > 0 ? 1 : 0)
      mend(0)
      await advance(1_000)
      expect(found(recorder.rows, 'is:ok -is:error -is:waiting')).toHaveLength(1)
      expect(found(recorder.rows, 'is:retry')).toHaveLength(fails.length > 0 ? 1 : 0)
      await bus.close()
    }),
    { numRuns: 20 },
  )
})
