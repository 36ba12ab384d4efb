import { createBus } from '@heliobus/core'
import { expect, test } from 'vitest'
import { createManualClock, until } from '../src/index.ts'

test('time stands still until it is told to go on', () => {
  const clock = createManualClock(1_000)
  expect([clock.now(), clock.elapsed()]).toEqual([1_000, 0])
  clock.advance(50)
  expect([clock.now(), clock.elapsed()]).toEqual([1_050, 50])
})

test('timers run when they are due, in order of time, then of setting, each at its own time', () => {
  const clock = createManualClock(0)
  const ran: [string, number][] = []
  const note = (name: string) => () => void ran.push([name, clock.now()])
  clock.setTimeout(note('late'), 30)
  clock.setTimeout(note('early'), 10)
  clock.setTimeout(note('early too'), 10)
  const gone = clock.setTimeout(note('never'), 10)
  clock.clearTimeout(gone)
  clock.advance(29)
  expect(ran).toEqual([
    ['early', 10],
    ['early too', 10],
  ])
  expect(clock.pending).toBe(1)
  clock.advance(1)
  expect(ran.at(-1)).toEqual(['late', 30])
})

test('a timer that sets another on the way has it run on the way', () => {
  const clock = createManualClock(0)
  const times: number[] = []
  const tick = (): void => {
    times.push(clock.now())
    clock.setTimeout(tick, 10)
  }
  clock.setTimeout(tick, 10)
  clock.advance(35)
  expect(times).toEqual([10, 20, 30])
})

test('a bus on a manual clock waits no longer than it is told', async () => {
  const clock = createManualClock()
  const bus = createBus({ clock })
  const waiting = bus.waitFor('a', { timeout: 1_000 })
  clock.advance(1_000)
  await expect(waiting).rejects.toMatchObject({ code: 'wait-timeout' })
})

test('waiting in vain ends at its deadline, and says for what', async () => {
  await expect(until(() => false, 'pigs fly', 20)).rejects.toThrow('waited 20 ms, and still not: pigs fly')
})
