import { type Bus, createBus } from '@heliobus/core'

/** A bus with handlers of every temper: quick, slow, failing, none at all. */
export function createTrafficBus(source = 'shop'): Bus {
  const bus = createBus({ source, logger: { log: () => {} } })
  const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
  bus.subscribe('order.*', () => {}, { name: 'audit' })
  bus.subscribe('order.created', () => wait(12), { name: 'payment' })
  bus.subscribe('order.paid', () => wait(3), { name: 'warehouse' })
  bus.subscribe('payment.**', () => {}, { name: 'ledger' })
  bus.subscribe('user.*', () => {}, { name: 'profile' })
  bus.subscribe(
    'mail.requested',
    async () => {
      await wait(30)
      throw new Error('SMTP: 421 service not available, closing transmission channel')
    },
    { name: 'mailer' },
  )
  bus.subscribe('cosmic.**', () => {}, { name: 'sky' })
  bus.subscribe('cosmic.**', () => wait(60), { name: 'synthesis' })
  return bus
}

type Maker = readonly [topic: string, data: (n: number) => unknown]

const makers: readonly Maker[] = [
  ['order.created', (n) => ({ order_id: `o-${n}`, total: (n * 37) % 900, currency: 'EUR', items: lines(n) })],
  ['order.paid', (n) => ({ order_id: `o-${n}`, method: n % 3 === 0 ? 'card' : 'transfer' })],
  ['payment.provider.called', (n) => ({ provider: 'acme', attempt: 1 + (n % 3) })],
  ['user.created', (n) => ({ user_id: `u-${n}`, email: `ada.${n}@example.org`, name: 'Ada Lovelace' })],
  ['user.login', (n) => ({ user_id: `u-${n % 40}` })],
  ['user.login', (n) => ({ user_id: `u-${n % 7}` })],
  ['mail.requested', (n) => ({ to: `ada.${n}@example.org`, template: 'welcome' })],
  ['cosmic.solar_storm.detected', (n) => ({ kp_index: 5 + (n % 5), severity: 'G2' })],
  ['ui.button.clicked', (n) => ({ id: 'save', x: n % 800, y: n % 600 })],
  ['search.index.updated', (n) => ({ documents: n, markup: '<img src=x onerror=alert(1)>' })],
]

function lines(n: number): readonly unknown[] {
  return Array.from({ length: 1 + (n % 4) }, (_, line) => ({ sku: `sku-${line}`, amount: 1 + (n % 3) }))
}

/** Publishes the n-th event; the same n is the same event. */
export function publishOne(bus: Bus, n: number): void {
  const [topic, data] = makers[(n * 7 + (n >> 3)) % makers.length]!
  bus.publish(topic, data(n), { userId: n % 4 === 0 ? null : `u-${n % 40}`, subject: `s-${n % 25}` })
}

/** Publishes `rate` events a second in slices of 10 ms, until the returned function is called. */
export function flow(bus: Bus, rate: number): () => void {
  let [published, started] = [0, performance.now()]
  const timer = setInterval(() => {
    const due = Math.min(
      Math.floor(((performance.now() - started) * rate) / 1_000),
      published + rate / 20 + 1,
    )
    while (published < due) publishOne(bus, published++)
  }, 10)
  return () => clearInterval(timer)
}
