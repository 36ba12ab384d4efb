import { type BusEvent, type EventOf, exponential, type HandlerContext, isBusError } from '@heliobus/core'
import { describe, expect, test, vi } from 'vitest'
import { createTestBus, runHandler } from '../src/index.ts'
import { OrderPaid } from './shop.ts'

type Paid = EventOf<typeof OrderPaid>

describe('a handler that is run alone', () => {
  test('gets topic and data as an event, and what it publishes is answered with', async () => {
    const handler = async ({ data }: Paid, { publish }: HandlerContext): Promise<void> => {
      await Promise.resolve()
      publish('mail.queued', { about: data.id })
      publish('stock.taken', { for: data.id })
    }
    const { outcome, published, error } = await runHandler(handler, 'order.paid', { id: 'o1', total: 3 })
    expect(outcome).toMatchObject({ handler: 'handler', status: 'handled', attempts: 1 })
    expect(error).toBeUndefined()
    expect(published.map(({ type, data }) => [type, data])).toEqual([
      ['mail.queued', { about: 'o1' }],
      ['stock.taken', { for: 'o1' }],
    ])
    expect(new Set(published.map(({ correlationId }) => correlationId)).size).toBe(1)
  })

  test('gets a draft of a definition, with its options', async () => {
    const handler = vi.fn((_event: Paid) => undefined)
    await runHandler(handler, OrderPaid({ id: 'o1', total: 3 }, { userId: 'ada' }))
    expect(handler.mock.calls[0]![0]).toMatchObject({ data: { id: 'o1' }, userId: 'ada' })
  })

  test('gets an event as it is', async () => {
    const { bus } = createTestBus({ now: 5_000 })
    const event = bus.publish('a', { n: 1 }, { correlationId: 'flow' })
    const seen: BusEvent[] = []
    const { published } = await runHandler((one: BusEvent, context: HandlerContext) => {
      seen.push(one)
      context.publish('b', 1)
    }, event)
    expect(seen).toEqual([event])
    expect(published).toMatchObject([{ type: 'b', causationId: event.id, correlationId: 'flow' }])
  })

  test('is called once, and what it throws is answered with', async () => {
    const handler = vi.fn(() => Promise.reject(new Error('no')))
    const { outcome, error } = await runHandler(handler, 'a', 1)
    expect(handler).toHaveBeenCalledOnce()
    expect(outcome).toMatchObject({ status: 'failed', attempts: 1 })
    expect(error).toEqual(new Error('no'))
  })

  test('is retried by its policy, without waiting', async () => {
    const attempts: number[] = []
    const handler = (_event: BusEvent, { attempt, publish }: HandlerContext): void => {
      attempts.push(attempt)
      publish('tried', attempt)
      if (attempt < 3) throw new Error('no')
    }
    const retry = exponential({ attempts: 5, first: 3_600_000 })
    const { outcome, published, error } = await runHandler(handler, 'a', 1, { retry })
    expect(attempts).toEqual([1, 2, 3])
    expect(outcome).toMatchObject({ status: 'handled', attempts: 3 })
    expect(published).toHaveLength(3)
    expect(error).toBeUndefined()
  })

  test('is timed out by its policy, without waiting, and its signal is aborted', async () => {
    const aborted = vi.fn()
    const handler = (_event: BusEvent, { signal }: HandlerContext): Promise<void> => {
      signal.addEventListener('abort', aborted)
      return new Promise(() => {})
    }
    const { outcome, error } = await runHandler(handler, 'a', 1, { timeout: 60_000 })
    expect(outcome).toMatchObject({ status: 'failed', ms: 60_000 })
    expect(isBusError(error, 'handler-timeout')).toBe(true)
    expect(aborted).toHaveBeenCalledOnce()
  })

  test('may wait for something from outside', async () => {
    const handler = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5))
    expect((await runHandler(handler, 'a', 1)).outcome).toMatchObject({ status: 'handled' })
  })

  test('has no outcome when its policy does not want the event', async () => {
    const handler = vi.fn()
    const { outcome } = await runHandler(handler, 'a', 1, { where: () => false })
    expect(outcome).toBeUndefined()
    expect(handler).not.toHaveBeenCalled()
  })

  test('is not called with what it publishes itself', async () => {
    const handler = vi.fn((_event: BusEvent, { publish }: HandlerContext) => publish('a', 2))
    expect((await runHandler(handler, 'a', 1)).published).toMatchObject([{ type: 'a', data: 2 }])
    expect(handler).toHaveBeenCalledOnce()
  })
})
