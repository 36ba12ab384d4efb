import type { Logger } from '@heliobus/core'
import { until } from '@heliobus/testing'
import type { History } from '@heliobus/websocket/hub'
import { setTimeout } from 'node:timers/promises'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { ask } from '../../../../scripts/redis-server.mjs'
import { Proxy } from '../../../testing/test/faults/proxy.ts'
import type { RedisHistory } from '../../src/hub/index.ts'
import type { RedisClient } from '../../src/index.ts'
import { clients, startServer } from '../world.ts'
import { draft, Histories, range } from './histories.ts'
import { type Mutant, mutated, trusting } from './mutants.ts'
import { patience } from '../../../testing/test/patience.ts'

const [[, clientOf]] = clients as [(typeof clients)[number]]
const server = await startServer()
const url = server.url
let histories = new Histories()
const networks: Proxy[] = []

afterEach(async () => {
  server.resume()
  for (const one of networks) one.cut('rst')
  await histories.close()
  await Promise.all(networks.splice(0).map((one) => one.close()))
  histories = new Histories()
})

async function network(): Promise<Proxy> {
  const proxy = await Proxy.to(() => server.port)
  networks.push(proxy)
  return proxy
}

const through = ({ port }: Proxy): string => `redis://127.0.0.1:${port}`

/** The numbers of what is in there. */
const numbers = (history: History): (number | undefined)[] =>
  range(history.first, history.last).map((position) => history.at(position)?.sequence)

const reaches = (history: History, last: number): Promise<void> =>
  until(() => history.last >= last, `${last} is read`)

/** Entries in Redis. */
const kept = async (): Promise<number> =>
  Number((await ask(server.port, `XLEN ${histories.namespace}:{hub}:log`)).slice(1))

/** Counts what a hub is told. */
function told(history: { watch: NonNullable<History['watch']> }): { more: number; renewed: number } {
  const counts = { more: 0, renewed: 0 }
  history.watch({ more: () => counts.more++, renewed: () => counts.renewed++ })
  return counts
}

describe.each(clients)('a history in Redis, over %s', (_, of) => {
  const open = (options = {}) => histories.open(url, { client: of(url), ...options })

  test('is the same for all who have opened it', async () => {
    const [one, other] = [await open(), await open()]
    const counts = told(other)
    await Promise.all([one.append([draft(1), draft(2)]), one.append([draft(3)])])
    await Promise.all([reaches(one, 3), reaches(other, 3)])
    expect(other.epoch).toBe(one.epoch)
    expect(range(1, 3).map((position) => other.at(position))).toEqual(
      range(1, 3).map((position) => expect.objectContaining({ ...draft(position), position })),
    )
    expect(range(1, 3).map((position) => other.at(position)?.stamp)).toEqual(
      range(1, 3).map((position) => one.at(position)?.stamp),
    )
    expect(counts.more).toBeGreaterThan(0)
  })

  test('has an event of a session once, whoever appends it again', async () => {
    const [one, other] = [await open(), await open()]
    await one.append([draft(1), draft(2)])
    await other.append([draft(2), draft(3), draft(1, 'another')])
    await one.append([draft(1), draft(2), draft(3)])
    expect(await one.catchUp('someone')).toBe(3)
    expect(await one.catchUp('another')).toBe(1)
    expect(await one.catchUp('a stranger')).toBe(0)
    expect(numbers(one)).toEqual([1, 2, 3, 1])
  })

  test('and a history that does not ask what is in fails this test', async () => {
    const [one, other] = [await open(), await open({ client: mutated(of(url), 'careless') })]
    await one.append([draft(1), draft(2)])
    await other.append([draft(2)])
    await one.catchUp('someone')
    expect(numbers(one)).toEqual([1, 2, 2])
  })

  test('has what has no number as often as it is appended', async () => {
    const one = await open()
    const { sequence: _sequence, ...bare } = draft(1)
    await one.append([bare, bare])
    await one.append([bare])
    await reaches(one, 3)
    expect(numbers(one)).toEqual([undefined, undefined, undefined])
  })
})

test('who catches up can read all that was in there', async () => {
  const slow = await network()
  const [one, other] = [await histories.open(url), await histories.open(through(slow))]
  slow.latency = 20
  await one.append(range(1, 600).map((n) => draft(n)))
  expect(await other.catchUp('someone')).toBe(600)
  expect(other.last).toBe(600)
})

test('who comes later reads the newest, and what is old is removed', async () => {
  const one = await histories.open(url, { events: 300 })
  for (let n = 1; n <= 1_000; n += 100) await one.append(range(n, n + 99).map((each) => draft(each)))
  const other = await histories.open(url, { events: 300 })
  expect([other.first, other.last]).toEqual([701, 1_000])
  expect(numbers(other)).toEqual(range(701, 1_000))
  expect(await kept()).toBeLessThan(500)
})

test('so many sessions are remembered, and no more', async () => {
  const lines: string[] = []
  const logger: Logger = { level: 'warn', log: ({ message }) => void lines.push(message) }
  const one = await histories.open(url, { limits: { sessions: 10 }, logger })
  lines.length = 0
  for (const n of range(1, 50)) await one.append([draft(1, `session ${n}`)])
  expect(await ask(server.port, `HLEN ${histories.namespace}:{hub}:marks`)).toBe(':10\r\n')
  expect(await one.catchUp('session 50')).toBe(1)
  expect(await one.catchUp('session 1')).toBe(0)
  expect(lines).toEqual([expect.stringContaining('more than 10 sessions')])
})

describe('when Redis has lost it', () => {
  test('the history begins anew, for all', async () => {
    const [one, other] = [await histories.open(url), await histories.open(url)]
    const counts = [told(one), told(other)]
    await one.append(range(1, 5).map((n) => draft(n)))
    await reaches(other, 5)
    const { epoch } = one
    await ask(server.port, 'FLUSHALL')
    await until(() => counts.every(({ renewed }) => renewed === 1), 'both have noticed')
    expect(one.epoch).not.toBe(epoch)
    expect(other.epoch).toBe(one.epoch)
    await other.append([draft(1)])
    await reaches(one, 1)
    expect(numbers(one)).toEqual([1])
  })

  test('and it has grown beyond what was there, nothing is read on', async () => {
    const slow = await network()
    const [one, other] = [await histories.open(url), await histories.open(through(slow))]
    const counts = told(other)
    await one.append(range(1, 5).map((n) => draft(n)))
    await reaches(other, 5)
    slow.isDown = true
    slow.cut('rst')
    await ask(server.port, 'FLUSHALL')
    await one.append(range(1, 20).map((n) => draft(n, 'another')))
    slow.isDown = false
    await until(() => counts.renewed === 1, 'it is noticed')
    expect(numbers(other)).toEqual(range(1, 20))
    expect(other.epoch).toBe(one.epoch)
  })

  test('the stream alone: it begins anew', async () => {
    const one = await histories.open(url)
    const counts = told(one)
    await one.append([draft(1), draft(2)])
    await reaches(one, 2)
    await ask(server.port, `DEL ${histories.namespace}:{hub}:log`)
    await until(() => counts.renewed === 1, 'it is noticed')
    expect([one.first, one.last]).toEqual([1, 0])
  })

  /**
   * As when another server takes over, whose clock is behind, and one of two hubs is away: 3 and 4 are gone, and others take
   * their place.
   */
  async function cutOff(of: (url: string) => RedisClient): Promise<RedisHistory> {
    const slow = await network()
    const one = await histories.open(url)
    const other = await histories.open(url, { client: of(through(slow)) })
    await one.append([draft(1), draft(2)])
    const early = await histories.open(url, { client: mutated(clientOf(url), 'early') })
    await early.append([draft(3), draft(4)])
    await reaches(other, 4)
    slow.isDown = true
    slow.cut('rst')
    const at = `${histories.namespace}:{hub}`
    const [, last, lost] = [1, 2, 4].map((position) => other.at(position)?.stamp)
    await ask(server.port, `XDEL ${at}:log 3-${lost} 4-${lost}`)
    await ask(server.port, `XSETID ${at}:log 2-${last}`)
    await ask(server.port, `HSET ${at}:state last 2 stamp ${last}`)
    await one.append(range(5, 9).map((n) => draft(n)))
    slow.isDown = false
    await until(() => other.last === 7, 'the rest is read')
    return other
  }

  test('only its end: what has come in its place is not taken for it', async () => {
    const history = await cutOff(clientOf)
    expect(numbers(history)).toEqual([1, 2, 5, 6, 7, 8, 9])
  })

  test('and a reader that trusts whatever comes fails this test', async () => {
    const history = await cutOff((address) => trusting(clientOf(address)))
    expect(numbers(history)).toEqual([1, 2, 3, 4, 7, 8, 9])
  })
})

test('a reader that falls behind what is kept goes on with what is there', async () => {
  const slow = await network()
  const [one, other] = [
    await histories.open(url, { events: 100 }),
    await histories.open(through(slow), { events: 100 }),
  ]
  const counts = told(other)
  await one.append([draft(1)])
  await reaches(other, 1)
  slow.isDown = true
  slow.cut('rst')
  for (let n = 2; n < 802; n += 100) await one.append(range(n, n + 99).map((each) => draft(each)))
  slow.isDown = false
  await reaches(other, 801)
  expect([other.first, counts.renewed]).toEqual([702, 0])
})

describe('when Redis does not answer', () => {
  /** How often two events are in there after the answer to the call that has brought them was lost. */
  async function appendUnheard(mutant?: Mutant): Promise<number> {
    const slow = await network()
    const one = await histories.open(url, { client: mutated(clientOf(through(slow)), mutant) })
    const { sequence: _sequence, ...bare } = draft(1)
    await one.append([bare])
    slow.swallows.down = true
    const appending = one.append([bare, bare])
    while ((await kept()) !== 3) await setTimeout(5)
    slow.cut('rst')
    slow.swallows.down = false
    await appending
    await one.append([bare])
    await one.catchUp('')
    return one.last
  }

  test('what it may have done already is done once', async () => {
    expect(await appendUnheard()).toBe(4)
  })

  test('and one that does everything again fails this test', async () => {
    expect(await appendUnheard('insistent')).toBeGreaterThan(4)
  })

  test('appending fails after a while, and nothing that waited behind it goes in', async () => {
    const slow = await network()
    const one = await histories.open(through(slow), { limits: { appendWithin: 400 } })
    await one.append([draft(1)])
    slow.isDown = true
    slow.cut('rst')
    const [first, second] = [one.append([draft(2)]), one.append([draft(3)])]
    await expect(one.catchUp('someone')).rejects.toMatchObject({ code: expect.stringMatching(/^redis-/) })
    await expect(first).rejects.toMatchObject({ code: 'redis-unreachable' })
    slow.isDown = false
    await expect(second).rejects.toMatchObject({ code: 'redis-unreachable' })
    await vi.waitFor(async () => one.append([draft(2)]), patience)
    await reaches(one, 2)
    expect(numbers(one)).toEqual([1, 2])
  })

  test('opening fails', async () => {
    await expect(histories.open('redis://127.0.0.1:1')).rejects.toMatchObject({ code: 'redis-unreachable' })
  })
})

test.each([{ namespace: 'a{b}' }, { events: 0 }, { limits: { appendWithin: -1 } }])(
  'what makes no sense is refused: %j',
  async (options) => {
    await expect(histories.open(url, options)).rejects.toMatchObject({ code: 'option-invalid' })
  },
)
