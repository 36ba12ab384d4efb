import { bridge, createBus } from '@heliobus/core'
import { until } from '@heliobus/testing'
import { afterEach, expect, test } from 'vitest'
import { createMemoryHistory, type Entry, type History, type HistoryWatcher } from '../src/hub/index.ts'
import { cloudEvent, meet, Talk } from './talk.ts'
import { createWorld, type World } from './world.ts'

const worlds: World[] = []

afterEach(async () => {
  await Promise.all(worlds.splice(0).map((one) => one.close()))
})

async function world(history: History): Promise<World> {
  const one = await createWorld({ history })
  worlds.push(one)
  return one
}

const entry = (position: number, stamp: string): Entry => ({
  topic: 'a',
  text: JSON.stringify(cloudEvent('a', position)),
  from: 'another hub',
  position,
  stamp,
})

/** A history that another hub appends to, and may lose. */
class Shared implements History {
  readonly watchers = new Set<HistoryWatcher>()
  known = 0
  isAway = false
  #memory: History

  constructor(epoch = 'e', ...entries: readonly Entry[]) {
    this.#memory = createMemoryHistory({ epoch, entries, events: 10 })
  }

  get epoch(): string {
    return this.#memory.epoch
  }

  get first(): number {
    return this.#memory.first
  }

  get last(): number {
    return this.#memory.last
  }

  at(position: number): Entry | undefined {
    return this.#memory.at(position)
  }

  append: History['append'] = (drafts) => this.#memory.append(drafts)

  watch(watcher: HistoryWatcher): () => void {
    this.watchers.add(watcher)
    return () => void this.watchers.delete(watcher)
  }

  async catchUp(): Promise<number> {
    if (this.isAway) throw new Error('nobody is there')
    return this.known
  }

  /** Another hub has appended. */
  grow(...entries: readonly Entry[]): void {
    void this.#memory.append(entries)
    for (const { more } of this.watchers) more()
  }

  beginAnew(epoch: string): void {
    this.#memory = createMemoryHistory({ epoch })
    for (const { renewed } of this.watchers) renewed()
  }
}

const offsetOf = async (talk: Talk): Promise<unknown> => (await talk.next('welcome'))['offset']

test('what another hub has appended reaches the clients, and the own bus', async () => {
  const history = new Shared()
  const { hub, url } = await world(history)
  const bus = createBus()
  const heard: unknown[] = []
  bus.subscribe('a', ({ data }) => void heard.push(data))
  await bridge(bus, hub, { send: ['**'] })
  const talk = await meet(url)
  await talk.settled()
  history.grow(entry(1, 'x'), entry(2, 'y'))
  expect(await talk.next('events')).toMatchObject({ offset: '2-y', events: [{ data: 1 }, { data: 2 }] })
  expect(heard).toEqual([1, 2])
  await bus.close()
})

test('who comes from another hub goes on where it left off, if the same event stands there', async () => {
  const history = new Shared('e', entry(7, 'x'), entry(8, 'y'), entry(9, 'z'))
  const { url } = await world(history)
  const same = await meet(url, { resume: { epoch: 'e', offset: '8-y' } })
  expect(await offsetOf(same)).toBe('8-y')
  expect(await same.next('events')).toMatchObject({ offset: '9-z', events: [{ data: 9 }] })
  const cases = ['8-x', '8', '6-w', '10-y', '8-y-', `8-${'y'.repeat(33)}`]
  for (const offset of cases) {
    const other = await meet(url, { resume: { epoch: 'e', offset } })
    expect(await offsetOf(other)).toBe('9-z')
    expect((await other.next('gap'))['offset']).toBe('9-z')
  }
})

test('the welcome tells what other hubs have accepted, and the client goes on beyond what they have refused', async () => {
  const history = new Shared()
  history.known = 5
  const { url } = await world(history)
  const talk = await meet(url, { session: 's' })
  expect((await talk.next('welcome'))['sequence']).toBe(5)
  talk.say({ type: 'events', sequence: 8, events: [cloudEvent('a')] })
  expect((await talk.next('ack'))['sequence']).toBe(8)
  history.known = 20
  const again = await meet(url, { session: 's' })
  expect((await again.next('welcome'))['sequence']).toBe(20)
})

test('a client that comes while the history can not be asked is told to come back', async () => {
  const history = new Shared()
  history.isAway = true
  const { url } = await world(history)
  const talk = await new Talk(url).opened()
  talk.say({ type: 'hello', version: 1, session: 's' })
  expect(await talk.goodbye).toMatchObject({ code: 4503 })
})

test('a history that begins anew is a gap, for clients and for the own bus', async () => {
  const history = new Shared('e', entry(1, 'x'), entry(2, 'y'))
  const { hub, url } = await world(history)
  const bus = createBus()
  const gaps: string[] = []
  bus.tap$.subscribe((signal) => signal.type === 'gap' && gaps.push(signal.reason))
  await bridge(bus, hub, { send: ['**'] })
  const talk = await meet(url, { session: 's' })
  await talk.settled()
  history.beginAnew('f')
  expect(await talk.goodbye).toMatchObject({ code: 4503 })
  expect(gaps).toEqual(['the hub has begun a new history'])
  const again = await meet(url, { session: 's', resume: { epoch: 'e', offset: '2-y' } })
  expect(await again.next('gap')).toMatchObject({ offset: '0', reason: 'the hub has begun a new history' })
  history.grow(entry(1, 'z'))
  expect((await again.next('events'))['offset']).toBe('1-z')
  await bus.close()
})

test('an own bus that could not read all of it is told of a gap', async () => {
  const history = new Shared()
  const { hub } = await world(history)
  const bus = createBus()
  const missing: (number | undefined)[] = []
  bus.tap$.subscribe((signal) => signal.type === 'gap' && missing.push(signal.missing))
  await bridge(bus, hub, { send: ['**'] })
  history.grow(...Array.from({ length: 15 }, (_, at) => entry(at + 1, 'x')))
  expect(missing).toEqual([5])
  await bus.close()
})

test('a hub that is closed watches no longer', async () => {
  const history = new Shared()
  const { hub } = await world(history)
  await until(() => history.watchers.size === 1, 'it watches')
  await hub.close()
  expect(history.watchers.size).toBe(0)
})
