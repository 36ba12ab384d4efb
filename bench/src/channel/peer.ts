// Runs in a thread or in a page: one peer sends, the other counts what arrives.
import { broadcastChannel } from '@heliobus/broadcast-channel'
import { bridge, type Bus, createBus } from '@heliobus/core'

/** `raw` is a channel with nothing around it; `raw arrays` carries as many events in one message as make a batch. */
type Carrier = 'raw' | 'raw arrays' | 'heliobus'

const TOPIC = 'order.placed'
const data = {
  order: 'o-20931',
  customer: 'u-1187',
  total: 129.5,
  currency: 'EUR',
  lines: [3, 14, 15, 92],
  gift: false,
}

/** Sends `count` events, a batch at a time, and waits until the other peer has them all: milliseconds an event. */
export type Send = (carrier: Carrier, count: number, batch: number) => Promise<number>

/** On this one the other peer is told how many to wait for; it tells when it is ready, and when it has them. */
const openControl = () => new BroadcastChannel('bench-control')
const openRaw = () => new BroadcastChannel('bench-raw')

type Line = InstanceType<typeof BroadcastChannel>

function post(line: Line, message: unknown): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- only windows have one
  line.postMessage(message)
}

function dataOf(message: Event): unknown {
  return 'data' in message ? message.data : undefined
}

async function openBus(): Promise<Bus> {
  const bus = createBus()
  await bridge(bus, broadcastChannel('bench', { keepAlive: true }))
  return bus
}

/** Resolves when this peer hears. */
export async function receive(): Promise<void> {
  const control = openControl()
  let missing = 0
  const arrived = (count: number): void => {
    missing -= count
    if (missing === 0) post(control, 'all')
  }
  control.addEventListener('message', (count) => {
    missing = Number(dataOf(count))
    post(control, 'ready')
  })
  openRaw().addEventListener('message', (message) => {
    const events = dataOf(message)
    arrived(Array.isArray(events) ? events.length : 1)
  })
  const bus = await openBus()
  bus.subscribe(TOPIC, () => arrived(1))
}

export async function createSender(): Promise<Send> {
  const [control, raw, bus] = [openControl(), openRaw(), await openBus()]
  let id = 0
  const envelope = (): object => ({ id: id++, type: TOPIC, time: Date.now(), source: 'bench', data })
  const senders: Record<Carrier, (batch: number) => void> = {
    raw: (batch) => repeat(batch, () => post(raw, envelope())),
    'raw arrays': (batch) => post(raw, Array.from({ length: batch }, envelope)),
    heliobus: (batch) => repeat(batch, () => bus.publish(TOPIC, data)),
  }
  let heard: (() => void) | undefined
  control.addEventListener('message', () => heard?.())
  const reply = (): Promise<void> => new Promise((resolve) => (heard = resolve))
  return async (carrier, count, batch) => {
    const ready = reply()
    post(control, count)
    await ready
    const all = reply()
    const start = performance.now()
    for (let sent = 0; sent < count; sent += batch) {
      senders[carrier](batch)
      await Promise.resolve() // the bridge sends what it has
    }
    await all
    return (performance.now() - start) / count
  }
}

function repeat(times: number, act: () => unknown): void {
  for (let i = 0; i < times; i++) act()
}
