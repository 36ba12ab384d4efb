import { expect, test } from 'vitest'
import { bridge, createBus } from '../src/index.ts'
import { encode } from '../src/wire.ts'
import { createProbe } from './probe-transport.ts'

test('many calls may watch their signals at once: nothing warns, and each is told when the subscription ends', async () => {
  const warnings: Error[] = []
  const hear = (warning: Error): void => void warnings.push(warning)
  process.on('warning', hear)
  const bus = createBus()
  let aborted = 0
  const subscription = bus.subscribe(
    'order.placed',
    (_, { signal }) =>
      new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => {
          aborted++
          resolve()
        })
      }),
    { order: 'parallel', timeout: 60_000 },
  )
  for (let n = 0; n < 50; n++) bus.publish('order.placed', n)
  subscription.unsubscribe()
  await bus.close()
  await new Promise((resolve) => setImmediate(resolve)) // warnings come with the next task
  process.off('warning', hear)
  expect(aborted).toBe(50)
  expect(warnings).toEqual([])
})

test('many leases may end the calls of one handler: nothing warns, and each ends its own', async () => {
  const warnings: Error[] = []
  const hear = (warning: Error): void => void warnings.push(warning)
  process.on('warning', hear)
  const bus = createBus()
  const probe = createProbe()
  const aborted: unknown[] = []
  bus.subscribe(
    'order.placed',
    ({ data }, { signal }) =>
      new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => {
          aborted.push([data, signal.reason])
          resolve()
        })
      }),
    { order: 'parallel' },
  )
  await bridge(bus, probe)
  const leases = Array.from({ length: 50 }, () => new AbortController())
  const elsewhere = createBus({ source: 'elsewhere' })
  for (const [n, { signal }] of leases.entries()) {
    const event = encode(elsewhere.publish('order.placed', n), 'elsewhere')
    void probe.port.receive(event, { attempt: 1, redelivered: false, fence: n, signal })
  }
  leases[7]!.abort('lost')
  expect(aborted).toEqual([[7, 'lost']])
  await bus.close()
  await new Promise((resolve) => setImmediate(resolve)) // warnings come with the next task
  process.off('warning', hear)
  expect(aborted).toHaveLength(50)
  expect(warnings).toEqual([])
})
