import { afterEach, expect, test } from 'vitest'
import { createMemoryHistory } from '../src/hub/index.ts'
import { cloudEvent, meet } from './talk.ts'
import { createWorld, type World } from './world.ts'

const worlds: World[] = []

afterEach(async () => {
  await Promise.all(worlds.splice(0).map((one) => one.close()))
})

/** A hub that is started on a history in which session `s` has numbers 1 to 3. */
async function restarted(): Promise<World> {
  const key = JSON.stringify(['anybody', 's'])
  const entries = [1, 2, 3].map((sequence) => {
    const text = JSON.stringify(cloudEvent('a', sequence))
    return { topic: 'a', text, from: key, sequence, position: sequence }
  })
  const world = await createWorld({ history: createMemoryHistory({ epoch: 'kept', entries }) })
  worlds.push(world)
  return world
}

const events = (sequence: number, count = 1): object => ({
  type: 'events',
  sequence,
  events: Array.from({ length: count }, () => cloudEvent('a')),
})

test('a client whose last events had been refused goes on beyond them after a restart of the hub', async () => {
  const { url } = await restarted()
  const talk = await meet(url, { session: 's' })
  expect((await talk.next('welcome'))['sequence']).toBe(3)
  talk.say(events(6)) // 4 and 5 were refused, and are in no history
  expect((await talk.next('ack'))['sequence']).toBe(6)
  talk.say(events(8))
  expect(await talk.goodbye).toMatchObject({ code: 4400, reason: 'events 7 to 7 are missing' })
})

test('and one that had not heard of its last events does not publish them twice', async () => {
  const { url } = await restarted()
  const [listener, talk] = [await meet(url), await meet(url, { session: 's' })]
  await listener.settled()
  talk.say(events(2, 3))
  expect((await talk.next('ack'))['sequence']).toBe(4)
  expect((await listener.next('events'))['events']).toHaveLength(1)
})
