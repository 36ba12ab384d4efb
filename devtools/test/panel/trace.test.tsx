// @vitest-environment happy-dom
import { createTestBus, type TestBus } from '@heliobus/testing'
import { act, fireEvent, screen, within } from '@testing-library/react'
import axe from 'axe-core'
import { beforeEach, describe, expect, test } from 'vitest'
import { TraceView } from '../../src/panel/trace/trace-view.tsx'
import { type Mounted, mountPanel } from './mount.tsx'

let shop: TestBus
let mounted: Mounted

const lines = (label = 'Flow of events'): HTMLElement[] =>
  within(screen.getByRole('tree', { name: label })).getAllByRole('treeitem')
const names = (): (string | undefined)[] =>
  lines().map((line) => line.querySelector('.hb-flow-name')?.textContent)

/** A flow of three events: an order, its invoice after 20 ms, and a mail that fails twice. */
async function order(): Promise<void> {
  await act(async () => {
    shop.bus.publish('order.placed', { id: 7 })
    await shop.advance(1_000)
  })
  mounted.frame()
}

const wait = (ms: number): Promise<void> =>
  new Promise((resolve) => void shop.clock.setTimeout(() => resolve(), ms))

beforeEach(() => {
  shop = createTestBus({ logger: { log: () => {} }, alerts: [] })
  shop.bus.subscribe(
    'order.placed',
    async (_, context) => {
      await wait(20)
      context.publish('invoice.written', {})
    },
    { name: 'books' },
  )
  shop.bus.subscribe('invoice.written', (_, context) => void context.publish('mail.sent', {}), {
    name: 'post',
  })
  shop.bus.subscribe(
    'mail.sent',
    async () => {
      await wait(10)
      throw new Error('no service')
    },
    { name: 'mailer', retry: { attempts: 2, delay: () => 100 } },
  )
  mounted = mountPanel(<TraceView />, shop.bus)
})

describe('without a selected event', () => {
  test('no flows: it says how they come about', () => {
    shop.bus.publish('lonely', {})
    mounted.frame()
    expect(screen.getByText('No flows yet')).toBeTruthy()
  })

  test('the newest flows are listed with the gravest that became of them, and a press shows one', async () => {
    await order()
    await order()
    const [newest, older] = lines('Flows')
    expect(newest!.textContent).toMatch(/▣order\.placed \{id: 7\}3 events within20\.0 ms$/)
    expect(older).toBeTruthy()
    fireEvent.click(older!)
    expect(mounted.panel.session.view.selected).toBe(0)
    expect(names()).toHaveLength(3)
    fireEvent.click(screen.getByRole('button', { name: '‹ Flows' }))
    expect(lines('Flows')).toHaveLength(2)
  })

  test('by keys too', async () => {
    await order()
    await order()
    const tree = screen.getByRole('tree', { name: 'Flows' })
    fireEvent.keyDown(tree, { key: 'ArrowDown' })
    fireEvent.keyDown(tree, { key: 'Enter' })
    expect(mounted.panel.session.view.selected).toBe(0)
  })
})

describe('the flow of the selected event', () => {
  beforeEach(async () => {
    await order()
    act(() => mounted.panel.session.view.select(1))
  })

  test('is a tree with how each fares and how long after its cause it came', () => {
    expect(names()).toEqual([
      '●handled: order.placed',
      '●handled: invoice.written',
      '▣a dead letter: mail.sent',
    ])
    expect(lines().map((line) => line.getAttribute('aria-level'))).toEqual(['1', '2', '3'])
    expect(lines().map((line) => line.querySelector('.hb-flow-delay')?.textContent)).toEqual([
      '',
      '+20.0 ms',
      '+0 ms',
    ])
    expect(lines().map((line) => line.getAttribute('aria-selected'))).toEqual(['false', 'true', 'false'])
    expect(screen.getByText('3 events · 140 ms')).toBeTruthy()
  })

  test('shows calls and waits as bars on one axis, and says the same in words', () => {
    const bars = [...lines()[2]!.querySelectorAll<HTMLElement>('[data-kind]')]
    expect(bars.map(({ dataset, title }) => [dataset['kind'], title])).toEqual([
      ['failed', 'mailer failed after 10.0 ms'],
      ['waiting', 'mailer waits for its retry for 100 ms'],
      ['failed', 'mailer failed after 10.0 ms'],
    ])
    const [first, second] = bars.map(({ style }) => [style.left, style.width])
    expect(first!.map((text) => Number.parseFloat(text))).toEqual(
      [(20 / 140) * 100, (10 / 140) * 100].map((n) => expect.closeTo(n)),
    )
    expect(second!.map((text) => Number.parseFloat(text))).toEqual(
      [(30 / 140) * 100, (100 / 140) * 100].map((n) => expect.closeTo(n)),
    )
    expect(lines()[2]!.textContent).toContain('mailer failed twice, and gave up; it is a dead letter')
  })

  test('arrows and clicks select; what is selected stays in its flow', () => {
    const tree = screen.getByRole('tree', { name: 'Flow of events' })
    fireEvent.keyDown(tree, { key: 'ArrowDown' })
    expect(mounted.panel.session.view.selected).toBe(2)
    fireEvent.keyDown(tree, { key: 'ArrowLeft' })
    expect(mounted.panel.session.view.selected).toBe(1)
    fireEvent.click(lines()[0]!)
    expect(mounted.panel.session.view.selected).toBe(0)
    fireEvent.keyDown(tree, { key: 'Enter' })
    expect(mounted.panel.column).toBe('inspector')
  })

  test('can become the filter of the list', () => {
    fireEvent.click(screen.getByRole('button', { name: 'Filter the list to this flow' }))
    expect(mounted.panel.view).toBe('stream')
    expect(mounted.panel.session.view.matching().length).toBe(3)
  })

  test('is clean by the rules of accessibility', async () => {
    const { violations } = await axe.run(mounted.container, {
      rules: { 'color-contrast': { enabled: false } },
    })
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
  })
})

test('a very long flow says that older events are left out', () => {
  const { id, correlationId } = shop.bus.publish('tick', 0)
  act(() => {
    for (let n = 0; n < 1_500; n++) shop.bus.publish('tick', n, { causationId: id, correlationId })
    mounted.panel.session.view.select(0)
  })
  expect(screen.getByText(/older events of this flow are left out/)).toBeTruthy()
  expect(lines().length).toBeLessThan(100)
})

test('an event that stands alone is shown as such', () => {
  shop.bus.publish('lonely', {})
  act(() => mounted.panel.session.view.select(0))
  expect(screen.getByText(/This event stands alone/)).toBeTruthy()
})
