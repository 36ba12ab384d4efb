import { expect, test } from 'vitest'
import { createBus } from '../src/index.ts'

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
