import { type Bus, createBus, defineEvent, type Schema } from '@heliobus/core'
import { gzipSync } from 'node:zlib'
import { expect, it, onTestFinished, vi } from 'vitest'
import { readFile } from '../../src/panel/files/read-file.ts'
import { recordingFile } from '../../src/panel/files/recording-file.ts'
import { Redaction } from '../../src/model/redaction.ts'
import { Session } from '../../src/panel/state/session.ts'
import { patience } from '../../../packages/testing/test/patience.ts'

const at = Date.UTC(2026, 0, 5, 12, 30)
const options = { at, isBare: false, turn: () => Promise.resolve() }

async function record(publish: (bus: Bus) => void, capacity = 1_024): Promise<Session> {
  const bus = createBus({ source: 'shop / 1', logger: { log: () => {} } })
  const session = Session.ofBus(bus, () => at, { capacity })
  onTestFinished(() => session.close())
  bus.subscribe('order.*', () => {}, { name: 'audit' })
  bus.subscribe('mail.requested', () => Promise.reject(new Error('421')), { name: 'mailer', retry: false })
  publish(bus)
  await vi.waitFor(() => expect(session.recorder.statistics.all.failures).toBe(1), patience)
  return session
}

function publishSome(bus: Bus): void {
  for (let n = 0; n < 450; n++) bus.publish('order.created', { n, password: 'hunter2' })
  bus.publish('mail.requested', { to: 'ada' })
}

/** The head of a recording, and the first event in it. */
async function startOf(blob: Blob): Promise<{ head: unknown; first: { event: { data: unknown } } }> {
  const [head, ...lines] = (await linesOf(blob)).map((line) => JSON.parse(line))
  return { head, first: lines.find((line) => 'event' in line) }
}

async function linesOf(blob: Blob): Promise<readonly string[]> {
  const text = await new Response(blob.stream().pipeThrough(new DecompressionStream('gzip'))).text()
  return text.trimEnd().split('\n')
}

const busrec = (...lines: readonly object[]): File =>
  new File([gzipSync(lines.map((line) => JSON.stringify(line)).join('\n'))], 'given.busrec')

const header = { busrec: 1, bus: 'shop', at, events: 1, discarded: 0 }
const event = { at, status: 1, event: { id: '1', type: 'a.b', time: at } }

const countsOf = ({ recorder }: Session) =>
  recorder.statistics
    .figures(at)
    .map(({ type, published, handled, failures, unhandled }) => [
      type,
      published,
      handled,
      failures,
      unhandled,
    ])

it('what was saved is there again, with the same counts, and stands still', async () => {
  const session = await record(publishSome)
  const { name, blob, events } = await recordingFile(session, options)
  expect(name).toBe('shop-1-2026-01-05T12-30-00.busrec')
  expect(events).toBe(451)
  const read = await readFile(new File([blob], name))
  expect(read.bus).toBeUndefined()
  expect(read.view.paused).toBe(true)
  expect(read.recorder.rows.length).toBe(451)
  expect(countsOf(read)).toEqual(countsOf(session))
})

it('counts are those of all events, also of the ones that had left the list', async () => {
  const session = await record(publishSome, 256)
  const { blob, events } = await recordingFile(session, options)
  expect(events).toBe(256)
  const read = await readFile(new File([blob], 'x'))
  expect(read.recorder.statistics.all.published).toBe(451)
  expect(countsOf(read)).toEqual(countsOf(session))
})

it('secrets are masked, and the file says so; bare, they are there', async () => {
  const session = await record(publishSome)
  const masked = await recordingFile(session, options)
  const { head, first } = await startOf(masked.blob)
  expect(masked.masked).toBe(450)
  expect(head).toMatchObject({ redaction: expect.stringContaining('password') })
  expect(first.event.data).toEqual({ n: 0, password: '(masked)' })
  expect((await readFile(new File([masked.blob], 'x'))).remark).toContain('masked')

  const bare = await recordingFile(session, { ...options, isBare: true })
  const plain = await startOf(bare.blob)
  expect(plain.head).not.toHaveProperty('redaction')
  expect(plain.first.event.data).toEqual({ n: 0, password: 'hunter2' })
})

it('the app has its turn while a long recording is written', async () => {
  const session = await record(publishSome)
  let turns = 0
  await recordingFile(session, { ...options, turn: () => Promise.resolve(void turns++) })
  expect(turns).toBeGreaterThan(2)
})

it('what is missing of a recording is said', async () => {
  const read = await readFile(busrec({ ...header, discarded: 7 }, event, { nonsense: true }))
  expect(read.remark).toBe('7 older events are not in it; 1 line was skipped: line 3, it holds no event')
})

it('a file that breaks off keeps what it held', async () => {
  const whole = gzipSync(
    [
      header,
      ...Array.from({ length: 20_000 }, (_, n) => ({
        ...event,
        event: { ...event.event, id: `${Math.sin(n)}` },
      })),
    ]
      .map((line) => JSON.stringify(line))
      .join('\n'),
  )
  const read = await readFile(new File([whole.subarray(0, whole.length / 2)], 'half.busrec'))
  expect(read.recorder.rows.length).toBeGreaterThan(100)
  expect(read.remark).toContain('it breaks off in the middle')
})

it('a file that is no recording is refused', async () => {
  await expect(readFile(new File(['{"a":1}'], 'a.json'))).rejects.toThrow('it is no recording of a bus')
  await expect(readFile(new File([], 'empty'))).rejects.toThrow('it is no recording of a bus')
  await expect(readFile(new File([new Uint8Array([0x1f, 0x8b, 1, 2])], 'x'))).rejects.toThrow('no recording')
})

it('neither a large file nor one that grows without end fills the memory', async () => {
  const bounds = { capacity: 64, file: 1_000, unpacked: 100_000 }
  await expect(readFile(new File([new Uint8Array(1_001)], 'x'), bounds)).rejects.toThrow('larger than')
  const bomb = gzipSync(`${JSON.stringify(header)}\n${JSON.stringify(event)}\n${' '.repeat(900_000)}`)
  const read = await readFile(new File([bomb], 'x'), { ...bounds, file: 10_000 })
  expect(read.recorder.rows.length).toBe(1)
  expect(read.remark).toContain('only the first 0.1 MB are read')
})

const anything: Schema = {
  '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value }) },
}
const payload = (data: unknown) => ({ type: 'a', data })

it('secrets are found by name, at any depth, and nothing else is touched', () => {
  const redaction = new Redaction()
  const plain = { items: [{ sku: 1 }], author: 'Ada', spinner: true }
  expect(redaction.of(payload(plain))).toBe(plain)
  expect(
    redaction.of(payload({ a: [{ API_KEY: 'x', accessToken: 'y', pin: 1, name: 'n' }], plain })),
  ).toEqual({
    a: [{ API_KEY: '(masked)', accessToken: '(masked)', pin: '(masked)', name: 'n' }],
    plain,
  })
  expect(redaction.of(payload(new Map([['authorization', 'x']])))).toEqual(
    new Map([['authorization', '(masked)']]),
  )
  expect(redaction.masked).toBe(4)
})

it('secrets are found where a definition declares them', () => {
  const Paid = defineEvent('order.paid', { data: anything, sensitive: ['card.number', 'items.*.price'] })
  const redaction = new Redaction({ definitionOf: (topic) => (topic === 'order.paid' ? Paid : undefined) })
  const data = { card: { number: 1, name: 'Ada' }, items: [{ price: 1 }], password: 'x' }
  expect(redaction.of({ type: 'order.paid', data })).toEqual({
    card: { number: '(masked)', name: 'Ada' },
    items: [{ price: '(masked)' }],
    password: '(masked)',
  })
  expect(redaction.of({ type: 'other', data })).toEqual({ ...data, password: '(masked)' })
})

it('what is too large to be looked through is not handed on', () => {
  const redaction = new Redaction({ values: 10 })
  const list = (length: number) => Array.from({ length }, (_, n) => n)
  const tooLarge = '(too large to look for secrets)'
  expect(redaction.of(payload(list(10)))).toEqual(list(10))
  expect(redaction.of(payload({ few: list(3), many: list(12) }))).toEqual({ few: list(3), many: tooLarge })
})

it('hostile payloads are masked without harm', () => {
  const redaction = new Redaction()
  const around: Record<string, unknown> = { secret: 1 }
  around['self'] = around
  const copy = redaction.of(payload(around))
  expect(copy).toHaveProperty('self.self.secret', '(masked)')
  expect(Reflect.get(copy as object, 'self')).toBe(copy)
  const trap = new Proxy(
    {},
    {
      ownKeys: () => {
        throw new Error('no')
      },
    },
  )
  expect(() => redaction.of(payload(trap))).not.toThrow()
  const own = redaction.of(payload(JSON.parse('{"__proto__": {"polluted": 1}, "token": "x"}')))
  expect(Object.getPrototypeOf(own)).toBe(Object.prototype)
})
