// Runs in a thread or in a page: one peer sends, the other counts what arrives.
import { broadcastChannel } from '@heliobus/broadcast-channel'
import { bridge, createBus } from '@heliobus/core'

export const carriers = ['raw', 'heliobus'] as const
export type Carrier = (typeof carriers)[number]

const TOPIC = 'order.placed'
const data = {
  order: 'o-20931',
  customer: 'u-1187',
  total: 129.5,
  currency: 'EUR',
  lines: [3, 14, 15, 92],
  gift: false,
}

/** Sends `count` events, so many in a task, and waits until the other peer has them all: milliseconds an event. */
export type Send = (carrier: Carrier, count: number, perTask: number) => Promise<number>

/** Tells the other peer how many to wait for; it tells when it is ready, and when it has them. */
function openControl(): BroadcastChannel {
  return new BroadcastChannel('bench-control')
}

function openRaw(): BroadcastChannel {
  return new BroadcastChannel('bench-raw')
}

async function openBus(): Promise<ReturnType<typeof createBus>> {
  const bus = createBus()
  await bridge(bus, broadcastChannel('bench', { keepAlive: true }))
  return bus
}

/** Resolves when this peer hears. */
export async function receive(): Promise<void> {
  const control = openControl()
  let missing = 0
  const arrived = (): void => {
    if (--missing === 0) control.postMessage('all')
  }
  control.onmessage = ({ data: count }: { data: unknown }) => {
    missing = Number(count)
    control.postMessage('ready')
  }
  openRaw().onmessage = arrived
  const bus = await openBus()
  bus.subscribe(TOPIC, arrived)
}

export async function createSender(): Promise<Send> {
  const [control, raw, bus] = [openControl(), openRaw(), await openBus()]
  let id = 0
  const senders: Record<Carrier, () => void> = {
    raw: () => raw.postMessage({ id: id++, type: TOPIC, time: Date.now(), source: 'bench', data }),
    heliobus: () => void bus.publish(TOPIC, data),
  }
  const reply = (): Promise<unknown> => new Promise((resolve) => (control.onmessage = resolve))
  return async (carrier, count, perTask) => {
    const ready = reply()
    control.postMessage(count)
    await ready
    const all = reply()
    const start = performance.now()
    for (let i = 1; i <= count; i++) {
      senders[carrier]()
      if (i % perTask === 0) await undefined // a batch ends here
    }
    await all
    return (performance.now() - start) / count
  }
}
