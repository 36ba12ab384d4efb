import { afterEach, describe, expect, test } from 'vitest'
import {
  type Bus,
  bridge,
  createBus,
  createMemoryMesh,
  createPace,
  type Port,
  reconnecting,
  type Signal,
  type Traits,
  type Transport,
} from '../src/index.ts'
import { manualTime } from './manual-time.ts'
import { recordingLogger } from './recording-logger.ts'
import { turn } from './turn.ts'

/** A transport whose links die when they are told to, and that can't be opened while it is down. */
interface Mortal extends Transport {
  readonly opened: number
  isDown: boolean
  kill(): void
}

function mortal(transport: Transport): Mortal {
  let opened = 0
  let port: Port | undefined
  const self: Mortal = {
    ...transport,
    isDown: false,
    get opened() {
      return opened
    },
    kill: () => port?.report('lost', 'killed'),
    async open(own) {
      opened++
      if (self.isDown) throw new Error('down')
      port = own
      return transport.open(own)
    },
  }
  return self
}

const open: Bus[] = []

afterEach(async () => {
  await Promise.all(open.splice(0).map((bus) => bus.close()))
})

interface Scene {
  readonly time: ReturnType<typeof manualTime>
  readonly line: Mortal
  readonly bus: Bus
  readonly other: Bus
  readonly heard: unknown[]
  readonly signals: string[]
}

async function scene({
  random = () => 0.5,
  traits = {},
}: { random?: () => number; traits?: Partial<Traits> } = {}): Promise<Scene> {
  const mesh = createMemoryMesh()
  const time = manualTime()
  const line = mortal({ ...mesh, traits: { ...mesh.traits, ...traits } })
  const [bus, other] = [createBus({ clock: time, logger: recordingLogger() }), createBus()]
  open.push(bus, other)
  const signals: string[] = []
  const heard: unknown[] = []
  bus.tap$.subscribe((signal) => signals.push(...told(signal)))
  other.subscribe('**', ({ data }) => void heard.push(data))
  await bridge(bus, reconnecting(line, { clock: time, random }))
  await bridge(other, mesh)
  return { time, line, bus, other, heard, signals }
}

function told(signal: Signal): string[] {
  if (signal.type === 'link') return [signal.status]
  return signal.type === 'gap' ? [`gap: ${signal.reason}`] : []
}

describe('a transport that is lost', () => {
  test('is opened again after a wait, and what was sent meanwhile goes out in order', async () => {
    const { time, line, bus, heard, signals } = await scene()
    bus.publish('a', 1)
    await turn()
    line.kill()
    bus.publish('a', 2)
    await turn()
    bus.publish('a', 3)
    await turn()
    expect(heard).toEqual([1])
    time.advance(249)
    await turn()
    expect(line.opened).toBe(1)
    time.advance(1)
    await turn()
    bus.publish('a', 4)
    await turn()
    expect(heard).toEqual([1, 2, 3, 4])
    expect(signals).toEqual(['connecting', 'open', 'lost', 'gap: the link was lost', 'open'])
  })

  test('is tried at most every 30 seconds, as long as it takes, each time after a longer wait at most', async () => {
    const { time, line } = await scene({ random: () => 1 - Number.EPSILON })
    line.isDown = true
    line.kill()
    const waits: number[] = []
    for (let tries = 1; tries < 10; tries++) {
      let waited = 0
      for (; line.opened === tries; waited += 100) {
        time.advance(100)
        await turn()
      }
      waits.push(waited)
    }
    expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000])
    line.isDown = false
    time.advance(30_000)
    await turn()
    expect(time.timers).toBe(0)
  })

  test('tells no gap if it is durable', async () => {
    const { time, line, signals } = await scene({ traits: { durable: true } })
    line.kill()
    time.advance(250)
    await turn()
    expect(signals).toEqual(['connecting', 'open', 'lost', 'open'])
  })

  test('is not opened again once it is closed, and what waits is told as not sent', async () => {
    const { time, line, bus, signals } = await scene()
    const failed: unknown[] = []
    bus.tap$.subscribe((signal) => signal.type === 'failed' && failed.push(signal.error))
    line.isDown = true
    line.kill()
    bus.publish('a', 1)
    await turn()
    const closing = bus.close()
    await turn()
    time.advance(5_000)
    await closing
    expect(failed).toEqual([expect.objectContaining({ code: 'link-failed' })])
    expect(signals).toEqual([
      'connecting',
      'open',
      'lost',
      'gap: closed before the other side had accepted them',
      'closed',
    ])
    expect(time.timers).toBe(0)
  })

  test('leaves nothing open when it is closed while it is being opened again', async () => {
    const mesh = createMemoryMesh()
    const time = manualTime()
    let isClosed = false
    let goOn: () => void = () => undefined
    let slow = false
    const line = mortal({
      ...mesh,
      async open(port) {
        const link = await mesh.open(port)
        if (slow) await new Promise<void>((resolve) => (goOn = resolve))
        return { ...link, close: async () => void (isClosed = true) }
      },
    })
    const bus = createBus()
    const own = await bridge(bus, reconnecting(line, { clock: time, random: () => 0 }))
    line.kill()
    slow = true
    isClosed = false
    time.advance(0)
    await turn()
    await own.close()
    expect(isClosed).toBe(false)
    goOn()
    await turn()
    expect(isClosed).toBe(true)
    await bus.close()
  })

  test('that cannot be opened at first is refused at once', async () => {
    const line = mortal(createMemoryMesh())
    line.isDown = true
    const bus = createBus()
    await expect(bridge(bus, reconnecting(line))).rejects.toMatchObject({ code: 'link-refused' })
    expect(line.opened).toBe(1)
    await bus.close()
  })

  test('and comes back by itself is left alone', () => {
    const mesh = createMemoryMesh()
    const own = { ...mesh, traits: { ...mesh.traits, reconnects: true } }
    expect(reconnecting(own)).toBe(own)
    expect(reconnecting(reconnecting(mesh)).traits.reconnects).toBe(true)
  })
})

describe('the pace', () => {
  test('begins anew after 10 seconds that were good, and not before', () => {
    const time = manualTime()
    const pace = createPace({ clock: time, random: () => 0.5 })
    expect([pace.next(), pace.next(), pace.next()]).toEqual([250, 500, 1_000])
    pace.opened()
    time.advance(9_999)
    expect(pace.next()).toBe(2_000)
    pace.opened()
    time.advance(10_000)
    expect(pace.next()).toBe(250)
  })

  test('spreads a thousand that were lost together evenly over its longest wait', () => {
    const clock = manualTime()
    const slots = Array.from({ length: 5 }, () => 0)
    for (let one = 0; one < 1_000; one++) slots[Math.floor(createPace({ clock }).next() / 100)]!++
    expect(Math.max(...slots)).toBeLessThan(3 * 200)
    expect(Math.min(...slots)).toBeGreaterThan(200 / 3)
  })

  test('refuses what makes no sense', () => {
    expect(() => reconnecting(createMemoryMesh(), { cap: -1 })).toThrow('cap')
  })
})
