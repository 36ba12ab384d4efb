import { systemClock, type WireEvent } from '@heliobus/core'
import { until } from '@heliobus/testing'
import { deleteDB, openDB } from 'idb'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { OpenOutbox, Uplink } from '../src/client/kept-outbox.ts'
import type { Letter } from '../src/client/outbox.ts'
import { indexedDbOutbox, type IndexedDbOutboxOptions } from '../src/indexeddb/index.ts'

let name: string
const opened: OpenOutbox[] = []

beforeEach(() => {
  name = `outbox ${crypto.randomUUID()}`
})

afterEach(async () => {
  for (const one of opened.splice(0)) await one.close()
  await deleteDB(name)
})

interface Sent {
  readonly session: string
  readonly first: number
  readonly topics: readonly unknown[]
}

/** A hub that answers when it is told to. */
class Hub {
  readonly sent: Sent[] = []
  readonly refusals: string[] = []
  readonly ended: unknown[] = []
  connections = 0
  isAway = false
  refuses: string | undefined
  /** It does not answer for this topic. */
  ignores: string | undefined
  #answer: () => void = () => undefined

  get topics(): readonly unknown[] {
    return this.sent.flatMap(({ topics }) => topics)
  }

  readonly uplink: Uplink = {
    clock: systemClock,
    random: () => 0,
    connect: async (session) => {
      this.connections++
      return {
        send: async (letters, first) => {
          this.sent.push({ session, first, topics: letters.map(({ topic }) => topic) })
          if (this.isAway || letters.some(({ topic }) => topic === this.ignores))
            await new Promise<void>((resolve) => (this.#answer = resolve))
          return this.#rejections(letters)
        },
        close: async () => this.#answer(),
      }
    },
    refused: ({ type }, reason) => void this.refusals.push(`${type}: ${reason}`),
    ended: (error) => void this.ended.push(error),
  }

  #rejections(letters: readonly Letter[]): { index: number; reason: string }[] {
    if (this.isAway) throw new Error('the link is closed')
    return letters.flatMap(({ topic }, index) => (topic === this.refuses ? [{ index, reason: 'no' }] : []))
  }
}

async function open(hub: Hub, options?: IndexedDbOutboxOptions): Promise<OpenOutbox> {
  const outbox = await indexedDbOutbox(name, options).open(hub.uplink)
  opened.push(outbox)
  return outbox
}

const events = (...topics: string[]): WireEvent[] =>
  topics.map((type) => ({ specversion: '1.0', id: crypto.randomUUID(), type }) as WireEvent)

describe('an outbox in IndexedDB', () => {
  test('numbers what it sends without holes, and goes on with the numbers and the session', async () => {
    const [before, after] = [new Hub(), new Hub()]
    const outbox = await open(before)
    await outbox.keep(events('a', 'b'))
    await until(() => before.topics.length === 2, 'both are sent')
    await outbox.close()
    await (await open(after)).keep(events('c'))
    await until(() => after.topics.length === 1, 'the third is sent')
    expect(after.sent).toEqual([{ session: before.sent[0]!.session, first: 3, topics: ['c'] }])
  })

  test('keeps what is not answered, and sends it again under the same numbers', async () => {
    const [before, after] = [new Hub(), new Hub()]
    before.isAway = true
    const outbox = await open(before)
    await outbox.keep(events('a', 'b'))
    await until(() => before.sent.length === 1, 'it is on its way')
    await outbox.close()
    await open(after)
    await until(() => after.sent.length === 1, 'it is sent again')
    expect(after.sent).toEqual(before.sent)
  })

  test('sends from one page, in the order in which all have written', async () => {
    const hubs = [new Hub(), new Hub()] as const
    const [one, other] = [await open(hubs[0]), await open(hubs[1])]
    for (let n = 0; n < 20; n++) await (n % 2 === 0 ? one : other).keep(events(`t${n}`))
    await until(() => hubs[0].topics.length === 20, 'the first sends all')
    expect(hubs[0].topics).toEqual(Array.from({ length: 20 }, (_, n) => `t${n}`))
    expect(hubs[1].connections).toBe(0)
    await one.close()
    await other.keep(events('last'))
    await until(() => hubs[1].topics.includes('last'), 'the other goes on')
    expect(hubs[1].sent).toEqual([{ session: hubs[0].sent[0]!.session, first: 21, topics: ['last'] }])
  })

  test('tells what the hub refuses, and goes on', async () => {
    const hub = new Hub()
    hub.refuses = 'b'
    await (await open(hub)).keep(events('a', 'b', 'c'))
    await until(() => hub.refusals.length > 0, 'it is told')
    expect(hub.refusals).toEqual(['b: no'])
    expect(hub.topics).toEqual(['a', 'b', 'c'])
  })

  test('tells what the hub refuses at once, though it has not answered for what was written later', async () => {
    const [before, after] = [new Hub(), new Hub()]
    before.isAway = true
    const outbox = await open(before)
    for (const topic of ['a', 'b']) await outbox.keep(events(topic))
    await outbox.close()
    after.refuses = 'a'
    after.ignores = 'b'
    await open(after)
    await until(() => after.refusals.length > 0, 'it is told')
    expect(after.topics).toEqual(['a', 'b'])
  })

  test('begins a new session when its database was deleted: the old numbers would be taken for repeats', async () => {
    const hub = new Hub()
    const outbox = await open(hub)
    await outbox.keep(events('a'))
    await until(() => hub.sent.length === 1, 'the first is sent')
    await deleteDB(name)
    await outbox.keep(events('b'))
    await until(() => hub.sent.length === 2, 'the second is sent')
    expect(hub.sent.map(({ first }) => first)).toEqual([1, 1])
    expect(hub.sent[1]!.session).not.toBe(hub.sent[0]!.session)
  })

  test('takes no more events than it may, and as many as were answered again', async () => {
    const hub = new Hub()
    hub.isAway = true
    const outbox = await open(hub, { events: 3 })
    await outbox.keep(events('a', 'b'))
    await expect(outbox.keep(events('c', 'd'))).rejects.toMatchObject({
      code: 'outbox-full',
      details: { outbox: name, waiting: 2 },
    })
    await outbox.keep(events('c'))
    await outbox.close()
    const next = await open(new Hub(), { events: 3 })
    await untilKept(next, events('e', 'f', 'g'))
  })

  test('writes together what is kept meanwhile, in order; what has no room is refused, and nothing else', async () => {
    const hub = new Hub()
    hub.isAway = true
    const outbox = await open(hub, { events: 300 })
    const batches = Array.from({ length: 302 }, (_, n) => (n === 299 ? ['one', 'too', 'many'] : [`t${n}`]))
    const kept = await Promise.allSettled(batches.map((topics) => outbox.keep(events(...topics))))
    const isKept = kept.map(({ status }) => status === 'fulfilled')
    expect(isKept.flatMap((is, n) => (is ? [] : [n]))).toEqual([299, 301]) // 300 fits where the three did not
    expect(await indexedDbOutbox(name).waiting()).toBe(300)
    expect(await rowsOf(name)).toBeLessThan(10)
    await outbox.close()
    const next = new Hub()
    await open(next)
    await until(() => next.topics.length === 300, 'all are sent')
    expect(next.topics).toEqual(batches.filter((_, n) => isKept[n]).flat())
  })

  test('goes on with what an older version has written', async () => {
    const old = await openDB(name, 1, {
      upgrade(db) {
        db.createObjectStore('outbox', { keyPath: 'sequence' })
        db.createObjectStore('outbox_state')
      },
    })
    const letters = events('a', 'b').map((event) => ({ topic: event.type, text: JSON.stringify(event) }))
    for (const [index, letter] of letters.entries())
      await old.add('outbox', { ...letter, sequence: 8 + index })
    await old.put('outbox_state', { session: 's', last: 9, waiting: 2, characters: 100 }, 'state')
    old.close()
    const hub = new Hub()
    const outbox = await open(hub)
    await outbox.keep(events('c'))
    await until(() => hub.topics.length === 3, 'all are sent')
    expect(hub.topics).toEqual(['a', 'b', 'c'])
    expect(hub.sent[0]).toMatchObject({ session: 's', first: 8 })
  })

  test.each([{ events: 0 }, { events: Number.NaN }, { characters: -1 }])(
    'may not be of no size: %o',
    (options) => {
      expect(() => indexedDbOutbox(name, options)).toThrow(/events|characters/)
    },
  )

  test('takes no more characters than it may', async () => {
    const outbox = await open(new Hub(), { characters: 200 })
    await expect(outbox.keep(events('a', 'b', 'c'))).rejects.toMatchObject({ code: 'outbox-full' })
    await outbox.keep(events('a'))
  })

  test('is closed also while it connects to a hub that does not answer', async () => {
    const [hub, other] = [new Hub(), new Hub()]
    let connected: () => void = () => undefined
    const waiting = new Promise<void>((resolve) => (connected = resolve))
    let isClosed = false
    const connect: Uplink['connect'] = async () => {
      hub.connections++
      await waiting
      return {
        send: () =>
          isClosed ? Promise.reject(new Error('the link is closed')) : new Promise(() => undefined),
        close: async () => void (isClosed = true),
      }
    }
    const outbox = await indexedDbOutbox(name).open({ ...hub.uplink, connect })
    await outbox.keep(events('a'))
    await until(() => hub.connections === 1, 'it connects')
    const closing = outbox.close()
    connected()
    await closing
    expect(hub.ended).toEqual([])
    await open(other)
    await until(() => other.topics.length === 1, 'another page sends it')
  })

  test('is full when the browser gives it no more room', async () => {
    const buckets: Buckets = Reflect.get(navigator, 'storageBuckets')
    const usual = indexedDB
    const use = (one: IDBFactory): void =>
      void Object.defineProperty(globalThis, 'indexedDB', { value: one, configurable: true })
    use((await buckets.open('small-outbox', { quota: 5_000_000 })).indexedDB)
    const hub = new Hub()
    hub.isAway = true
    try {
      const outbox = await open(hub, { characters: 1e9 })
      const noise = crypto.getRandomValues(new Uint16Array(30_000)).map((n) => 0x4e00 + (n % 20_000))
      const [large] = events('large')
      const data = String.fromCharCode(...noise)
      const filling = (async () => {
        for (let n = 0; n < 200; n++) await outbox.keep([{ ...large!, data: `${n} ${data}` }])
      })()
      await expect(filling).rejects.toMatchObject({
        code: 'outbox-full',
        cause: { name: 'QuotaExceededError' },
      })
      await opened.shift()!.close()
    } finally {
      use(usual)
      await buckets.delete('small-outbox')
    }
  })

  test('says what is wrong where there are no Web Locks, and no database', async () => {
    const { locks } = navigator
    Object.defineProperty(navigator, 'locks', { value: undefined, configurable: true })
    await expect(open(new Hub())).rejects.toMatchObject({ code: 'outbox-failed' })
    Object.defineProperty(navigator, 'locks', { value: locks, configurable: true })
    const failing = indexedDB.open(name, 99)
    await new Promise((resolve) => (failing.onsuccess = resolve))
    failing.result.close()
    await expect(open(new Hub())).rejects.toMatchObject({
      code: 'outbox-failed',
      cause: { name: 'VersionError' },
    })
  })

  test('sends no more when the hub wants nothing of it, and keeps what it has', async () => {
    const [hub, other] = [new Hub(), new Hub()]
    const uplink: Uplink = {
      ...hub.uplink,
      connect: () => Promise.reject(new Error('not authenticated (4401)')),
    }
    const outbox = await indexedDbOutbox(name).open(uplink)
    opened.push(outbox)
    await outbox.keep(events('a'))
    await until(() => hub.ended.length === 1, 'it is told')
    await open(other)
    await until(() => other.topics.length === 1, 'another page sends it')
  })
})

interface Buckets {
  open(name: string, options: { readonly quota: number }): Promise<{ readonly indexedDB: IDBFactory }>
  delete(name: string): Promise<void>
}

async function untilKept(outbox: OpenOutbox, what: readonly WireEvent[]): Promise<void> {
  let isKept = false
  const attempt = (): void =>
    void outbox.keep(what).then(
      () => (isKept = true),
      () => attempt(),
    )
  attempt()
  await until(() => isKept, 'there is room again')
}

/** How often it was written, of what is still there. */
async function rowsOf(outbox: string): Promise<number> {
  const db = await openDB(outbox)
  const count = await db.count('outbox')
  db.close()
  return count
}
