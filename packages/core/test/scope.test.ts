import { describe, expect, it, vi } from 'vitest'
import { createBus, defineCatalog, defineEvent } from '../src/index.ts'
import * as z from 'zod'
import { manualTime } from './manual-time.ts'
import { microtasks } from './microtasks.ts'
import { OrderPaid, shop, UserCreated, UserDeleted } from './shop.ts'

const users = defineCatalog(UserCreated, UserDeleted)

describe('a scope', () => {
  it('publishes as its module, on the same bus', () => {
    const bus = createBus({ catalog: shop, source: 'app' })
    const seen: string[] = []
    bus.subscribe('**', (event) => seen.push(event.source))
    bus.scope('signup').publish('user.created', { name: 'Ada' })
    bus
      .scope('signup')
      .scope('mail')
      .publish(UserCreated({ name: 'Bea' }))
    expect(seen).toEqual(['signup', 'mail'])
  })

  it('closing it ends what was subscribed through it and its inner scopes, and nothing else', async () => {
    const bus = createBus({ catalog: shop })
    const calls: string[] = []
    const module = bus.scope('module')
    const inner = module.scope('inner')
    bus.subscribe('user.created', () => calls.push('bus'))
    module.subscribe('user.created', () => calls.push('module'))
    inner.subscribe('user.*', () => calls.push('inner'))
    const complete = vi.fn()
    inner.observe('user.*').subscribe({ complete })
    expect(module.subscriptions().map(({ scope }) => scope)).toEqual(['module', 'inner', 'inner'])
    await module.close()
    bus.publish('user.created', { name: 'Ada' })
    expect(calls).toEqual(['bus'])
    expect(complete).toHaveBeenCalledOnce()
    expect(() => inner.publish('user.created', { name: 'Ada' })).toThrow(
      expect.objectContaining({ code: 'bus-closed' }),
    )
    expect(() => module.subscribe('user.created', () => undefined)).toThrow(
      expect.objectContaining({ code: 'bus-closed' }),
    )
  })

  it('closing it waits for its own handlers that run, not for others', async () => {
    const bus = createBus()
    const module = bus.scope('module')
    const ended: string[] = []
    bus.subscribe('a', () => new Promise(() => undefined))
    module.subscribe('a', async (_event, { signal }) => {
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
      ended.push('module')
    })
    bus.publish('a', 1)
    await module.close()
    expect(ended).toEqual(['module'])
  })

  it('closing it lets what was published before reach its handlers, and gives up after its timeout', async () => {
    const clock = manualTime()
    const bus = createBus({ clock })
    const module = bus.scope('module')
    const seen: string[] = []
    module.subscribe('**', (event) => {
      seen.push(event.type)
      if (event.type === 'b') return new Promise(() => undefined)
      bus.publish('b', 1)
      closed = module.close({ timeout: 100 })
      return undefined
    })
    let closed: Promise<void> | undefined
    bus.publish('a', 1)
    await microtasks()
    clock.advance(100)
    await expect(closed).rejects.toMatchObject({ code: 'drain-timeout' })
    expect(seen).toEqual(['a', 'b'])
    expect(bus.subscriptions()).toEqual([])
  })

  it('closing the bus closes its scopes', async () => {
    const bus = createBus()
    const module = bus.scope('module')
    const waited = module.waitFor('a')
    const closed = bus.close()
    expect(() => module.publish('a', 1)).toThrow(expect.objectContaining({ code: 'bus-closed' }))
    await expect(waited).rejects.toMatchObject({ code: 'bus-closed' })
    await closed
  })

  it('unsubscribes only what it subscribed', () => {
    const bus = createBus()
    const handler = vi.fn()
    bus.subscribe('a', handler)
    expect(bus.scope('module').unsubscribe('a', handler)).toBe(false)
    expect(bus.unsubscribe('a', handler)).toBe(true)
  })
})

describe('a scope with a catalog of its own', () => {
  it('sees only those events through wildcards, in handlers and in history', () => {
    const bus = createBus({ catalog: shop })
    const module = bus.scope('module', users)
    const seen: string[] = []
    module.subscribe('**', (event) => seen.push(event.type))
    module.subscribe('user.*', (event) => seen.push(event.type), {
      where: (event) => event.type === 'user.deleted',
    })
    bus.publish(OrderPaid({ orderId: 'o', total: 1 }))
    bus.publish('user:login', { device: 'phone' })
    bus.publish('user.created', { name: 'Ada' })
    bus.publish('user.deleted', {})
    expect(seen).toEqual(['user.created', 'user.deleted', 'user.deleted'])
    expect(module.history().map(({ type }) => type)).toEqual(['user.deleted', 'user.created'])
  })

  it("must be part of the bus's catalog, definition by definition", () => {
    const Other = defineEvent('user.created', { data: z.object({}) })
    const bus = createBus({ catalog: users })
    expect(() => bus.scope('module', shop)).toThrow(expect.objectContaining({ code: 'topic-unknown' }))
    expect(() => bus.scope('module', defineCatalog(Other))).toThrow(
      expect.objectContaining({ code: 'definition-conflict' }),
    )
  })

  it('is taken whole or not at all', () => {
    const bus = createBus()
    bus.scope('first', users)
    const Other = defineEvent('user.created', { data: z.object({}) })
    expect(() => bus.scope('second', defineCatalog(OrderPaid, Other))).toThrow(
      expect.objectContaining({ code: 'definition-conflict' }),
    )
    expect(bus.publish('order.payment.completed', 'anything').data).toBe('anything')
  })

  it('brings its definitions to a bus that has none, also for topics that were published before', () => {
    const bus = createBus()
    bus.publish('user.created', { name: 7 })
    const module = bus.scope('module', users)
    expect(() => bus.publish('user.created', { name: 7 })).toThrow(
      expect.objectContaining({ code: 'payload-invalid' }),
    )
    expect(module.publish('user.deleted', {}).data).toEqual({ reason: 'asked' })
    expect(bus.publish('anything.else', 1).type).toBe('anything.else')
  })
})
