import { bridge, createBus, type BusEvent, type HandlerContext } from '@heliobus/core'
import { until } from '@heliobus/testing'
import { afterEach, describe, expect, test } from 'vitest'
import { redisStreams, type RedisStreamsOptions, type StreamSignal } from '../../src/index.ts'
import { ask } from '../../../../scripts/redis-server.mjs'
import { clients, startServer } from '../world.ts'

const server = await startServer()
const [, clientOf] = clients[0]!
const client = clientOf(server.url)
const buses: { close(): Promise<void> }[] = []

afterEach(async () => {
  await Promise.all(buses.splice(0).map((bus) => bus.close()))
})

async function publisher(namespace: string, options: Partial<RedisStreamsOptions> = {}) {
  const bus = createBus({ logger: { log: () => undefined } })
  buses.push(bus)
  await bridge(bus, redisStreams({ client, namespace, shards: 4, ...options }), { send: ['**'] })
  return bus
}

async function member(namespace: string, options: Partial<RedisStreamsOptions> = {}) {
  const bus = createBus({ logger: { log: () => undefined } })
  buses.push(bus)
  const streams = redisStreams({
    client,
    namespace,
    group: 'group',
    shards: 4,
    ...options,
    limits: { poll: 5, lease: 3_000, ...options.limits },
  })
  const signals: StreamSignal[] = []
  streams.signals$.subscribe((signal) => void signals.push(signal))
  const join = () => bridge(bus, streams, { send: [] })
  return { bus, streams, signals, join }
}

const dataOf = (event: BusEvent) => event.data

describe('Redis Streams', () => {
  test('each event is handled by one member of each group, and shards are shared', async () => {
    const namespace = crypto.randomUUID()
    const seen: Record<string, unknown[]> = { a: [], b: [], c: [] }
    const members = await Promise.all(
      (['a', 'b', 'c'] as const).map(async (name) => {
        const one = await member(namespace, { group: name === 'c' ? 'other' : 'group' })
        one.bus.subscribe('**', (event) => void seen[name]!.push(dataOf(event)))
        await one.join()
        return one
      }),
    )
    const owned = (index: number) => members[index]!.streams.status().shards.length
    await until(() => owned(0) === 2 && owned(1) === 2, 'two shards each')
    const bus = await publisher(namespace)
    for (let n = 0; n < 40; n++) bus.publish('a', n, { subject: `k${n}` })
    await until(
      () => seen['c']!.length === 40 && seen['a']!.length + seen['b']!.length === 40,
      'all is handled',
    )
    expect(new Set([...seen['a']!, ...seen['b']!]).size).toBe(40)
    expect(seen['a']!.length).toBeGreaterThan(0)
    expect(seen['b']!.length).toBeGreaterThan(0)
  })

  test('who only looks after a group sees how far it is, redrives for it, and takes nothing from it', async () => {
    const namespace = crypto.randomUUID()
    const watcher = await member(namespace, { consume: false })
    const taken: BusEvent[] = []
    watcher.bus.subscribe('**', (event) => void taken.push(event))
    await watcher.join()
    const { bus: worker, signals, join } = await member(namespace)
    let isWell = false
    let handled = 0
    worker.subscribe('**', () => {
      if (!isWell) throw new Error('ill')
      handled++
    })
    await join()
    const bus = await publisher(namespace)
    bus.publish('a', 1)
    await until(() => signals.some(({ type }) => type === 'buried'), 'it is given up')
    expect(await watcher.streams.deadLetters.list()).toHaveLength(1)
    expect((await watcher.streams.inspect()).filter(({ owner }) => owner !== undefined)).toHaveLength(4)
    expect(watcher.streams.status().shards).toEqual([])
    isWell = true
    expect(await watcher.streams.deadLetters.redrive({})).toBe(1)
    await until(() => handled === 1, 'it is handled')
    expect(taken).toEqual([])
  })

  test('events of one key are handled one after the other, those of others meanwhile', async () => {
    const namespace = crypto.randomUUID()
    const { bus: worker, join } = await member(namespace, { shards: 1 })
    const calls: string[] = []
    let open: () => void = () => undefined
    const gate = new Promise<void>((resolve) => (open = resolve))
    worker.subscribe(
      '**',
      async ({ key, data }) => {
        calls.push(`${key} ${String(data)}`)
        if (data === 1 && key === 'a') await gate
      },
      { order: 'parallel' },
    )
    await join()
    const bus = await publisher(namespace, { shards: 1 })
    for (const data of [1, 2]) for (const subject of ['a', 'b']) bus.publish('x', data, { subject })
    await until(() => calls.length === 3, 'b goes on')
    expect(calls).toEqual(['a 1', 'b 1', 'b 2'])
    open()
    await until(() => calls.length === 4, 'a goes on')
  })

  test('a failing event is a dead letter with all there is to say, and a redrive reaches who failed alone', async () => {
    const namespace = crypto.randomUUID()
    const { bus: worker, streams, join } = await member(namespace)
    const contexts: HandlerContext[] = []
    let isBroken = true
    let others = 0
    worker.subscribe('**', () => void others++, { name: 'fine' })
    worker.subscribe(
      '**',
      (_, context) => {
        contexts.push(context)
        if (isBroken) throw new TypeError('no')
      },
      { name: 'mail', retry: false },
    )
    await join()
    const bus = await publisher(namespace)
    const added: string[] = []
    streams.deadLetters.added$.subscribe(({ letter }) => void added.push(letter.handler ?? ''))
    const event = bus.publish('order.placed', { total: 1 }, { subject: 'o1' })
    await until(() => added.length === 1, 'it is buried')
    const [kept] = await streams.deadLetters.list()
    expect(kept!.letter).toMatchObject({
      kind: 'failed',
      event: { id: event.id, data: { total: 1 } },
      group: 'group',
      handler: 'mail',
      attempts: 1,
      deliveries: 1,
      redrives: 0,
      error: { name: 'TypeError', message: 'no' },
      correlationId: event.correlationId,
    })
    expect(kept!.letter.stream).toMatch(new RegExp(`^${namespace}:\\{s0\\d\\}:log$`, 'u'))
    expect(kept!.letter.fence).toBe(contexts[0]!.fence)
    expect(await streams.deadLetters.peek(kept!.id)).toEqual(kept)
    expect(await streams.deadLetters.redrive(kept!.id)).toBe(1)
    await until(() => added.length === 2, 'it is buried again')
    const [again] = await streams.deadLetters.list({ handler: 'mail' })
    expect(again!.letter).toMatchObject({ attempts: 2, redrives: 1, event: { id: event.id } })
    isBroken = false
    expect(await streams.deadLetters.redrive({ topic: 'order.**', error: 'NO' })).toBe(1)
    await until(() => contexts.length === 3, 'it is handled')
    expect(contexts[2]!.isReplay).toBe(true)
    expect(others).toBe(1)
    expect(await streams.deadLetters.list()).toEqual([])
    await expect(streams.deadLetters.redrive(kept!.id)).rejects.toMatchObject({ code: 'letter-unknown' })
  })

  test('dead letters come in pages, and each once', async () => {
    const namespace = crypto.randomUUID()
    const { bus: worker, streams, join } = await member(namespace)
    const fails = () => {
      throw new Error('no')
    }
    worker.subscribe('**', fails, { retry: false })
    await join()
    const bus = await publisher(namespace)
    for (let n = 0; n < 25; n++) bus.publish('x', n, { subject: `k${n}` })
    await expect.poll(async () => (await streams.deadLetters.list()).length).toBe(25)
    const paged: string[] = []
    for (let page = 0; page < 3; page++) {
      const after = paged.at(-1)
      const kept = await streams.deadLetters.list({ limit: 10, ...(after !== undefined && { after }) })
      paged.push(...kept.map(({ id }) => id))
    }
    expect(paged).toEqual((await streams.deadLetters.list()).map(({ id }) => id))
    await expect(streams.deadLetters.list({ after: 'x' })).rejects.toMatchObject({ code: 'letter-unknown' })
  })

  test('what can not succeed is a dead letter at once, and can be discarded', async () => {
    const namespace = crypto.randomUUID()
    const { streams, signals, join } = await member(namespace)
    await join()
    const link = await redisStreams({ client, namespace, shards: 4 }).open({
      origin: 'x',
      interest: [] as never,
      report: () => undefined,
      gap: () => undefined,
      receive: () => Promise.reject(new Error('not a member')),
    })
    await link.send([{ specversion: '1.0', id: '1' } as never])
    await until(() => signals.some(({ type }) => type === 'buried'), 'it is buried')
    const [kept] = await streams.deadLetters.list()
    expect(kept!.letter).toMatchObject({ kind: 'invalid', attempts: 0, error: { code: 'wire-malformed' } })
    expect(await streams.deadLetters.discard(kept!.id)).toBe(1)
    expect(await streams.deadLetters.list()).toEqual([])
    await link.close()
  })

  test('block-key: later events of the key wait until it is released, and keep their order', async () => {
    const namespace = crypto.randomUUID()
    const {
      bus: worker,
      streams,
      signals,
      join,
    } = await member(namespace, {
      onFailure: { x: 'block-key' },
    })
    const calls: string[] = []
    let isBroken = true
    worker.subscribe(
      'x',
      ({ key, data }) => {
        if (key === 'a' && data === 1 && isBroken) throw new Error('no')
        calls.push(`${key} ${String(data)}`)
      },
      { retry: false },
    )
    await join()
    const bus = await publisher(namespace)
    for (const data of [1, 2, 3]) for (const subject of ['a', 'b']) bus.publish('x', data, { subject })
    await until(() => calls.length === 3, 'the others go on')
    await expect.poll(async () => (await streams.parked.list())[0]?.events).toBe(3)
    expect(calls).toEqual(['b 1', 'b 2', 'b 3'])
    expect(await streams.parked.release('a')).toBe(true)
    await until(() => signals.filter(({ type }) => type === 'blocked').length === 2, 'it fails again')
    isBroken = false
    bus.publish('x', 4, { subject: 'a' })
    await streams.parked.release('a')
    await until(() => calls.length === 7, 'all is handled')
    expect(calls.slice(3)).toEqual(['a 1', 'a 2', 'a 3', 'a 4'])
    await until(() => signals.some(({ type }) => type === 'freed'), 'it is free')
    expect(await streams.parked.list()).toEqual([])
    expect(await streams.parked.release('a')).toBe(false)
    expect(await streams.deadLetters.list()).toEqual([])
  })

  test('block-key: the first can be left out, as a dead letter', async () => {
    const namespace = crypto.randomUUID()
    const { bus: worker, streams, join } = await member(namespace, { onFailure: { x: 'block-key' } })
    const calls: unknown[] = []
    const fails = ({ data }: BusEvent) => {
      if (data === 1) throw new Error('no')
      calls.push(data)
    }
    worker.subscribe('x', fails, { retry: false })
    await join()
    const bus = await publisher(namespace)
    for (const data of [1, 2, 3]) bus.publish('x', data, { subject: 'a' })
    await expect.poll(async () => (await streams.parked.list())[0]?.events).toBe(3)
    await streams.parked.release('a', { skipFirst: true })
    await until(() => calls.length === 2, 'the others are handled')
    expect(calls).toEqual([2, 3])
    expect((await streams.deadLetters.list()).map(({ letter }) => letter.event)).toMatchObject([{ data: 1 }])
  })

  test('halt: the shard stands still', async () => {
    const namespace = crypto.randomUUID()
    const {
      bus: worker,
      streams,
      signals,
      join,
    } = await member(namespace, {
      shards: 1,
      onFailure: { x: 'halt' },
    })
    const calls: unknown[] = []
    const fails = ({ data }: BusEvent) => {
      calls.push(data)
      throw new Error('no')
    }
    worker.subscribe('x', fails, { retry: false })
    await join()
    const bus = await publisher(namespace, { shards: 1 })
    for (const data of [1, 2, 3]) bus.publish('x', data, { subject: 'a' })
    await until(() => signals.some(({ type }) => type === 'halted'), 'it halts')
    expect(streams.status().shards).toMatchObject([{ shard: 0, isHalted: true }])
    expect(calls).toEqual([1])
  })

  test('another number of shards is refused', async () => {
    const namespace = crypto.randomUUID()
    await publisher(namespace)
    const other = redisStreams({ client, namespace, shards: 8 })
    await expect(bridge(createBus(), other, { send: [] })).rejects.toMatchObject({
      code: 'link-refused',
      cause: { code: 'option-invalid', details: { option: 'shards' } },
    })
  })

  test('a group that is late is warned of, and what it was too late for is kept as dead letters', async () => {
    const namespace = crypto.randomUUID()
    const quick = { limits: { retention: 6_000, sweep: 50 } } // it is Redis that tells the time
    const late = await member(namespace, { group: 'late', shards: 1, ...quick })
    const bridged = await late.join()
    await bridged.close() // it is known, and away
    const inTime = await member(namespace, { group: 'in-time', shards: 1, ...quick })
    const handled: unknown[] = []
    inTime.bus.subscribe('**', ({ data }) => void handled.push(data))
    await inTime.join()
    const bus = await publisher(namespace, { shards: 1 })
    for (const data of [1, 2, 3]) bus.publish('x', data, { subject: 'a' })
    const told = () => inTime.signals.filter(({ type }) => type === 'retention-at-risk' || type === 'expired')
    await until(() => told().length === 3, 'it was too late')
    expect(told()).toMatchObject([
      { type: 'retention-at-risk', group: 'late', shard: 0 },
      { type: 'retention-at-risk', group: 'late', shard: 0 },
      { type: 'expired', group: 'late', count: 3 },
    ])
    expect(handled).toEqual([1, 2, 3])
    await late.join()
    const letters = await late.streams.deadLetters.list()
    expect(letters.map(({ letter }) => letter)).toMatchObject([
      { kind: 'expired', event: { data: 1 }, group: 'late', error: { name: 'Expired' } },
      { kind: 'expired', event: { data: 2 } },
      { kind: 'expired', event: { data: 3 } },
    ])
    expect(await late.streams.inspect()).toMatchObject([{ lag: 0, pending: 0, deadLetters: 3 }])
    expect(await inTime.streams.deadLetters.list()).toEqual([])
  })

  test('what Redis has lost is told as a gap, and the group goes on', async () => {
    const namespace = crypto.randomUUID()
    const { bus: worker, join } = await member(namespace, { shards: 1 })
    const handled: unknown[] = []
    const gaps: string[] = []
    const fences: unknown[] = []
    worker.tap$.subscribe((signal) => signal.type === 'gap' && gaps.push(signal.reason))
    worker.subscribe('**', ({ data }, { fence }) => {
      handled.push(data)
      fences.push(fence)
    })
    await join()
    const bus = await publisher(namespace, { shards: 1 })
    bus.publish('x', 1, { subject: 'a' })
    await until(() => handled.length === 1, 'the first is handled')
    await ask(server.port, 'FLUSHALL')
    bus.publish('x', 2, { subject: 'a' })
    await until(() => handled.length === 2 && gaps.length === 1, 'it goes on')
    expect(handled).toEqual([1, 2])
    expect(gaps[0]).toMatch(/log of shard 0 was lost/u)
    expect(Number(fences[1])).toBeGreaterThan(Number(fences[0]))
  })

  test('a server that may lose what it accepts is warned of', async () => {
    const { signals, join } = await member(crypto.randomUUID())
    await join()
    expect(signals).toContainEqual(
      expect.objectContaining({ type: 'warning', detail: expect.stringContaining('appendonly') }),
    )
  })
})
