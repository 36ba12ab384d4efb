// @vitest-environment happy-dom
import { createBus } from '@heliobus/core'
import { act, fireEvent, screen } from '@testing-library/react'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { Inspector } from '../../src/panel/inspector/inspector.tsx'
import { type Mounted, mountPanel } from './mount.tsx'

let mounted: Mounted

beforeEach(() => {
  // Not in development: there, the bus walks through every payload to freeze it.
  mounted = mountPanel(
    <Inspector />,
    createBus({ source: 'shop', logger: { log: () => {} }, development: false }),
  )
})

function look(data: unknown, topic = 'order.paid'): void {
  mounted.bus.publish(topic, data)
  act(() => mounted.panel.session.view.select(mounted.panel.session.recorder.rows.next - 1))
}

// Not by role: among thousands of nodes that takes seconds.
const items = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[role=treeitem]')]
const lines = (): string[] => items().map(({ textContent }) => textContent)
const click = (label: string): void => void fireEvent.click(screen.getByTitle(label))
const active = (): string => document.querySelector('[aria-selected=true][role=treeitem]')!.textContent
const press = (...keys: string[]): void =>
  keys.forEach((key) => fireEvent.keyDown(document.querySelector('[role=tree]')!, { key }))
const line = (start: string): HTMLElement => items().find(({ textContent }) => textContent.startsWith(start))!
const tone = (start: string): string | null =>
  line(start).querySelector('[data-tone]')!.getAttribute('data-tone')

describe('the tree', () => {
  test('a small payload is open, each value in the colour of its kind', () => {
    look({
      name: 'Ada',
      total: 3,
      paid: true,
      coupon: null,
      at: new Date(0),
      why: new TypeError('no'),
      tags: ['a'],
      none: {},
    })
    expect(lines()).toEqual([
      'data: 8',
      'name: "Ada"',
      'total: 3',
      'paid: true',
      'coupon: null',
      'at: 1970-01-01T00:00:00.000Z',
      'why: TypeError: no',
      'tags: 1',
      '0: "a"',
      'none: {}',
    ])
    expect(['name', 'total', 'paid', 'coupon', 'at', 'why'].map(tone)).toEqual([
      'string',
      'number',
      'boolean',
      'empty',
      'date',
      'error',
    ])
  })

  test('a value alone is a line', () => {
    look('hello')
    expect(lines()).toEqual(['data: "hello"'])
  })

  test('what is closed says what is in it', () => {
    look({ user: { name: 'Ada', tags: [1], age: 3, city: 'x', zip: 'y' }, list: [1, 'b'] })
    fireEvent.click(line('user'))
    fireEvent.click(line('list'))
    expect(lines()).toEqual([
      'data: 2',
      'user: {name: "Ada", tags: […], age: 3, city: "x", …}5',
      'list: [1, "b"]2',
    ])
    expect(line('user').getAttribute('aria-expanded')).toBe('false')
  })

  test('all its keys', () => {
    look({ a: { b: 1, c: 2 }, d: 3 })
    press('ArrowDown')
    expect(active()).toBe('a: 2')
    press('ArrowRight')
    expect(active()).toBe('b: 1')
    press('ArrowLeft')
    expect(active()).toBe('a: 2')
    press('ArrowLeft')
    expect(active()).toBe('a: {b: 1, c: 2}2')
    press('ArrowRight')
    expect(lines()).toHaveLength(5)
    press('Enter')
    expect(lines()).toHaveLength(3)
    press('End')
    expect(active()).toBe('d: 3')
    press('ArrowDown', 'ArrowRight')
    expect(active()).toBe('d: 3')
    press('Home', 'ArrowUp')
    expect(active()).toBe('data: 2')
    const tree = screen.getByRole('tree')
    expect(tree.getAttribute('aria-activedescendant')).toBe(
      document.querySelector('[role=treeitem][aria-selected=true]')!.id,
    )
  })

  test('what was opened stays open: while events come, in another tab, for the next of its type', () => {
    const data = (n: number): object => ({ list: Array.from({ length: 60 }, () => n), n })
    look(data(1))
    expect(lines()).toHaveLength(3)
    fireEvent.click(line('list'))
    expect(lines()).toHaveLength(63)
    for (let n = 0; n < 5; n++) mounted.bus.publish('user.login', {})
    mounted.frame()
    act(() => mounted.panel.inspect('meta'))
    act(() => mounted.panel.inspect('payload'))
    expect(lines()).toHaveLength(63)
    look(data(2))
    expect(lines()).toHaveLength(63)
    expect(lines()[2]).toBe('0: 2')
    look(data(3), 'order.created')
    expect(lines()).toHaveLength(3)
  })

  test('everything can be opened up to a bound, which is said, and closed again', () => {
    look(Array.from({ length: 90 }, () => Array.from({ length: 90 }, (_, n) => n)))
    expect(lines()).toHaveLength(1 + 90)
    click('Open all')
    expect(screen.getByText(/Opened as far as 1,000 lines/)).toBeTruthy()
    expect(lines()).toHaveLength(600)
    expect(screen.getByRole('button', { name: /more lines below/ }).textContent).toBe(
      '391 more lines below: show',
    )
    click('Close all')
    expect(lines()).toHaveLength(1 + 90)
    expect(screen.queryByText(/Opened as far/)).toBeNull()
  })

  test('lines that are not drawn are reached by keys and by the button', () => {
    look(Array.from({ length: 90 }, () => Array.from({ length: 90 }, (_, n) => n)))
    click('Open all')
    press('End')
    expect(active()).toContain('89: [0, 1, 2, 3, …]')
    expect(lines()).toHaveLength(600)
    fireEvent.click(screen.getByText('391 more lines above: show'))
    expect(lines()).toHaveLength(600)
    press('Home')
    expect(lines()[0]).toBe('data: 90')
  })
})

describe('hostile payloads', () => {
  test('a cycle, a getter that throws, a closed proxy, odd values', () => {
    const ring: Record<string, unknown> = {
      get broken(): string {
        throw new Error('not now')
      },
      closed: new Proxy(
        {},
        {
          getPrototypeOf: () => {
            throw new Error('no')
          },
        },
      ),
      call: Symbol('s'),
    }
    ring['self'] = ring
    look(ring)
    expect(lines()).toEqual([
      'data: 4',
      "broken: (can't be read: Error: not now)",
      "closed: (can't be read)",
      'call: Symbol(s)',
      'self: (contains itself)',
    ])
    expect(['broken', 'closed', 'call', 'self'].map(tone)).toEqual(['unreadable', 'unreadable', 'odd', 'odd'])
  })

  test('markup stays text', () => {
    look({ '<b>key</b>': '<img src=x onerror=alert(1)>' })
    expect(lines()[1]).toBe('<b>key</b>: "<img src=x onerror=alert(1)>"')
    expect(document.querySelector('img, b')).toBeNull()
  })

  test('5 MB of text: its beginning, then a million characters, and what is left out is said', () => {
    look({ text: 'x'.repeat(5_000_000) })
    expect(lines()[1]!.length).toBeLessThan(300)
    expect(line('text').textContent).toContain('show all 5.0 MB')
    fireEvent.click(line('text'))
    expect(document.querySelector('.hb-long-text')!.textContent).toHaveLength(1_000_000)
    expect(line('text').textContent).toContain('The first 1.0 MB of 5.0 MB; copying takes all of it')
    press('Enter')
    expect(lines()[1]!.length).toBeLessThan(300)
  })

  test('a click into an open text does not close it', () => {
    look({ text: 'word '.repeat(100) })
    fireEvent.click(line('text'))
    fireEvent.click(document.querySelector('.hb-long-text')!)
    expect(document.querySelector('.hb-long-text')).toBeTruthy()
  })

  test('a million keys come in chunks; few nodes are drawn', () => {
    look(Object.fromEntries(Array.from({ length: 1_000_000 }, (_, n) => [`k${n}`, n])))
    expect(lines()).toHaveLength(1 + 100)
    expect(lines().slice(0, 2)).toEqual(['data: 1,000,000', '0…9999'])
    fireEvent.click(line('0…9999'))
    fireEvent.click(items()[2]!)
    expect(lines()[3]).toBe('k0: 0')
    expect(document.querySelectorAll('*').length).toBeLessThan(5_000)
  }, 30_000) // to make them takes most of it
})

describe('the search', () => {
  const find = (query: string): void => {
    fireEvent.change(screen.getByRole('textbox', { name: 'Find in the payload' }), {
      target: { value: query },
    })
  }
  const said = (): string => document.querySelector('.hb-search output')!.textContent
  const hits = (): string[] =>
    [...document.querySelectorAll('[data-hit]')].map(({ textContent }) => textContent)

  test('opens the way to each hit, marks them, and counts', () => {
    look({ a: { deep: { deeper: { deepest: { city: 'London' } } } }, to: 'london', no: 'x' })
    click('Close all')
    find('LONDON')
    expect(said()).toBe('1 of 2')
    expect(active()).toBe('city: "London"')
    expect(hits()).toEqual(['city: "London"', 'to: "london"'])
    fireEvent.keyDown(screen.getByRole('textbox'), { key: 'Enter' })
    expect([said(), active()]).toEqual(['2 of 2', 'to: "london"'])
    fireEvent.click(screen.getByRole('button', { name: 'Next hit' }))
    fireEvent.click(screen.getByRole('button', { name: 'Previous hit' }))
    expect(said()).toBe('2 of 2')
    find('nowhere')
    expect(said()).toBe('not found')
    fireEvent.keyDown(screen.getByRole('textbox'), { key: 'Escape' })
    expect([said(), hits()]).toEqual(['', []])
  })

  test('finds what stands in a chunk', () => {
    look(Array.from({ length: 5_000 }, (_, n) => `item ${n}`))
    find('item 4711')
    expect(active()).toBe('4711: "item 4711"')
  })

  test('says when it did not look at everything', () => {
    look(Array.from({ length: 30_000 }, (_, n) => n))
    find('29999')
    expect(said()).toBe('not found in what was searched')
    find('7')
    expect(said()).toBe('1 of 100+')
  })
})

describe('the active line', () => {
  test('its path, to copy; its value, to copy and to filter by', async () => {
    const copied: string[] = []
    vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(async (text) => void copied.push(text))
    look({ items: [{ 'odd key': 'a b' }] })
    press('End')
    expect(document.querySelector('.hb-path-text')!.textContent).toBe('data.items[0]["odd key"]')
    await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Copy the path' })))
    await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Copy the value' })))
    press('ArrowUp')
    await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Copy the value' })))
    expect(copied).toEqual(['data.items[0]["odd key"]', 'a b', '{\n  "odd key": "a b"\n}'])
    press('End')
    fireEvent.click(screen.getByRole('button', { name: /^Filter: / }))
    const { view } = mounted.panel.session
    expect(view.parsed.faults).toEqual([])
    expect(view.matching().length).toBe(1)
  })

  test('what a filter can not ask for is not offered', () => {
    look({ list: [], 'a.b': 1, text: 'x'.repeat(101) })
    for (const key of ['list', 'a.b', 'text']) {
      fireEvent.click(line(key))
      expect(screen.queryByRole('button', { name: /^Filter: / })).toBeNull()
    }
  })
})
