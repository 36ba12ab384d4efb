import { describe, expect, test } from 'vitest'
import { createTestBus } from '../src/index.ts'
// oxlint-disable-next-line import/no-unassigned-import -- that is how the matcher is had
import '../src/vitest.ts'
import { MailQueued, OrderPaid, shop } from './shop.ts'

function scene() {
  const bus = createTestBus({ catalog: shop })
  bus.bus.publish('order.paid', { id: 'o1', total: 3 })
  return bus
}

describe('toHavePublished', () => {
  test('finds by topic, pattern or definition', () => {
    const bus = scene()
    expect(bus).toHavePublished('order.paid')
    expect(bus).toHavePublished('order:paid')
    expect(bus).toHavePublished('order.*')
    expect(bus).toHavePublished(OrderPaid)
    expect(bus).not.toHavePublished(MailQueued)
  })

  test('compares the data: what is not named may be anything', () => {
    const bus = scene()
    expect(bus).toHavePublished('order.paid', { id: 'o1' })
    expect(bus).toHavePublished('order.paid', { id: expect.stringMatching(/^o/), total: 3 })
    expect(bus).not.toHavePublished('order.paid', { id: 'o2' })
    expect(bus).not.toHavePublished('order.paid', { id: 'o1', city: 'Rome' })
  })

  test('says what there was instead', () => {
    const bus = scene()
    expect(() => expect(bus).toHavePublished('order.paid', { id: 'o2' })).toThrow(
      'expected order.paid with {"id": "o2"} to be published, but of order.paid there was only:\n  order.paid {"id": "o1", "total": 3}',
    )
    expect(() => expect(bus).toHavePublished('mail.queued')).toThrow(
      'expected mail.queued to be published, but there was only:\n  order.paid {"id": "o1", "total": 3}',
    )
    expect(() => expect(createTestBus()).toHavePublished('a')).toThrow(
      'expected a to be published, but there was nothing at all',
    )
    expect(() => expect(bus).not.toHavePublished('order.*')).toThrow(
      'expected nothing to be published as order.*, but there was:\n  order.paid {"id": "o1", "total": 3}',
    )
  })

  test('shows ten events, and says how many more there are', () => {
    const bus = createTestBus()
    for (let n = 0; n < 12; n++) bus.bus.publish('a', n)
    expect(() => expect(bus).toHavePublished('b')).toThrow('  a 9\n  … and 2 more')
  })

  test('is for test buses', () => {
    expect(() => expect({}).toHavePublished('a')).toThrow('createTestBus')
    expect(() => expect({}).not.toHavePublished('a')).toThrow('createTestBus')
  })
})
