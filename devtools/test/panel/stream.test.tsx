// @vitest-environment happy-dom
import { type Bus, createBus } from '@heliobus/core'
import { act, fireEvent, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { StreamView } from '../../src/panel/stream/stream-view.tsx'
import { type Mounted, mountPanel } from './mount.tsx'
import { patience } from '../../../packages/testing/test/patience.ts'

// A page without layout: the header and ten rows of 22 px fit.
const HEIGHT = 22 + 10 * 22

let mounted: Mounted

beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(HEIGHT)
  mounted = mountPanel(<StreamView />, quietBus())
})

afterEach(() => {
  vi.restoreAllMocks()
})

function quietBus(): Bus {
  return createBus({ source: 'shop', logger: { log: () => {} }, development: false })
}

function publish(count: number, topic = 'order.paid'): void {
  for (let n = 0; n < count; n++) mounted.bus.publish(topic, { n })
}

function publishAndDraw(count: number, topic?: string): void {
  publish(count, topic)
  mounted.frame()
}

const grid = (): HTMLElement => screen.getByRole('grid', { name: 'Events' })
const elements = (): HTMLElement[] =>
  [...grid().querySelectorAll<HTMLElement>('[data-row]')].toSorted((a, b) => placeOf(a) - placeOf(b))
const placeOf = (row: HTMLElement): number => Number(row.getAttribute('aria-rowindex'))
const numbers = (): number[] => elements().map((row) => Number(row.dataset['row']))
/** Those that can be seen, without the ones drawn beyond the edges. */
const seen = (): number[] => {
  const { scrollTop } = grid()
  const inside = (row: HTMLElement): boolean => {
    const top = Number.parseFloat(row.style.top) - scrollTop
    return top > -22 && top < HEIGHT - 22
  }
  return elements()
    .filter(inside)
    .map((row) => Number(row.dataset['row']))
}
const from = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index)
const cells = (row: HTMLElement): string[] =>
  [...row.querySelectorAll('[role=gridcell]')].map(({ textContent }) => textContent)
const scrollTo = (top: number): void => {
  grid().scrollTop = top
  fireEvent.scroll(grid())
}
const press = (...keys: string[]): void => {
  for (const key of keys) {
    fireEvent.keyDown(grid(), { key })
    mounted.frame()
  }
}
const selected = (): number | undefined => mounted.panel.session.view.selected

describe('the list', () => {
  test('shows the newest rows at the bottom, in as many elements as fit and a few more', () => {
    publishAndDraw(1_000)
    expect(seen()).toEqual(from(990, 999))
    expect(elements()).toHaveLength(16)
    expect(grid().getAttribute('aria-rowcount')).toBe('1001')
    expect(placeOf(elements().at(-1)!)).toBe(1_001)

    publishAndDraw(3)
    expect(seen()).toEqual(from(993, 1_002))
    expect(elements()).toHaveLength(16)
  })

  test('a row says when, how it fares, what, and by how many handlers', () => {
    vi.spyOn(Date, 'now').mockReturnValue(new Date(2026, 2, 1, 12, 4, 31, 23).getTime())
    mounted.bus.subscribe('order.*', () => {}, { name: 'audit' })
    mounted.bus.subscribe(
      'order.*',
      () => {
        throw new Error('no')
      },
      { name: 'payment' },
    )
    mounted.bus.publish('order.paid', { total: 37, items: [{ sku: 'a' }] })
    mounted.bus.publish('user.created', {})
    mounted.frame()
    const [failed, unhandled] = elements()
    expect(cells(failed!).slice(0, 6)).toEqual([
      '12:04:31.023',
      '↻',
      'order.paid',
      '{total: 37, items: [{sku: "a"}]}',
      '',
      '2h',
    ])
    expect(failed!.dataset['status']).toBe('retry')
    expect(failed!.querySelector('.hb-cell-time')!.getAttribute('title')).toBe('2026-03-01 12:04:31.023')
    expect(failed!.querySelector('.hb-row-domain')!.textContent).toBe('order')
    expect(failed!.dataset['hue']).toMatch(/^\d+$/)
    expect(cells(unhandled!).slice(1)).toEqual(['○', 'user.created', '{}', '', '', ''])
  })

  test('times can be told from the first event or from the one before', () => {
    const now = vi.spyOn(Date, 'now').mockReturnValue(1_000)
    publish(1)
    now.mockReturnValue(1_250)
    publish(1)
    now.mockReturnValue(63_500)
    publish(1)
    mounted.panel.settings.set({ time: 'session' })
    mounted.frame()
    expect(elements().map((row) => cells(row)[0])).toEqual(['+0.000', '+0.250', '+1:02.500'])
    act(() => mounted.panel.settings.set({ time: 'delta' }))
    mounted.frame()
    expect(elements().map((row) => cells(row)[0])).toEqual(['+0.000', '+0.250', '+1:02.250'])
    expect(screen.getAllByRole('columnheader')[0]!.textContent).toBe('Since last')
  })

  test('shows hostile payloads as text', () => {
    mounted.bus.publish('order.paid', { '<b>': '<img src=x onerror=alert(1)>', line: 'a\nb' })
    mounted.frame()
    expect(cells(elements()[0]!)[3]).toBe('{<b>: "<img src=x onerror=alert(1)>", line: "a b"}')
    expect(grid().querySelector('img, b')).toBeNull()
  })

  test('a handler that finishes later changes its row', async () => {
    let finish = (): void => {}
    mounted.bus.subscribe('order.*', () => new Promise<void>((resolve) => (finish = resolve)))
    publishAndDraw(1)
    expect(cells(elements()[0]!)[1]).toBe('◆')
    await act(async () => finish())
    mounted.frame()
    expect(cells(elements()[0]!).slice(1, 2)).toEqual(['●'])
  })

  test('no row is left behind when the list is cleared, or another bus is looked at', () => {
    publishAndDraw(30)
    act(() => mounted.panel.session.clear())
    mounted.frame()
    expect(elements()).toEqual([])
  })

  test('marks bookmarked rows', () => {
    publishAndDraw(2)
    act(() => mounted.panel.session.toggleBookmark(1))
    mounted.frame()
    expect(elements().map((row) => row.dataset['bookmarked'])).toEqual(['false', 'true'])
    expect(screen.getByLabelText('no handler, bookmarked')).toBeDefined()
  })
})

describe('following', () => {
  test('ends when the reader scrolls up, and the rows stay where they are', () => {
    publishAndDraw(1_000)
    scrollTo(500 * 22 + 11)
    expect(mounted.panel.follows).toBe(false)
    expect(seen()).toEqual(from(500, 510))
    publishAndDraw(40)
    expect(seen()).toEqual(from(500, 510))
    expect(screen.getByRole('button', { name: '↓ 40 new · follow' })).toBeDefined()
  })

  test('counts only what came since the reader left the end', () => {
    publishAndDraw(1_000)
    act(() => mounted.panel.follow(false))
    publishAndDraw(1_204)
    fireEvent.click(screen.getByRole('button', { name: '↓ 1,204 new · follow' }))
    mounted.frame()
    expect(mounted.panel.follows).toBe(true)
    expect(seen()).toEqual(from(2_194, 2_203))
    expect(screen.queryByRole('button')).toBeNull()
  })

  test('begins again at the end', () => {
    publishAndDraw(1_000)
    scrollTo(0)
    expect(seen()).toEqual(from(0, 9))
    scrollTo(1_000 * 22)
    expect(mounted.panel.follows).toBe(true)
  })

  test('ends at the first turn of the wheel, but not where there is nothing above', () => {
    publishAndDraw(5)
    fireEvent.wheel(grid(), { deltaY: -10 })
    expect(mounted.panel.follows).toBe(true)
    publishAndDraw(50)
    fireEvent.wheel(grid(), { deltaY: 10 })
    expect(mounted.panel.follows).toBe(true)
    fireEvent.wheel(grid(), { deltaY: -10 })
    expect(mounted.panel.follows).toBe(false)
  })

  test('what leaves a full ring takes nothing from under the reader, and is counted', () => {
    publishAndDraw(65_536)
    scrollTo(30_000 * 22)
    publishAndDraw(2_331)
    expect(seen()).toEqual(from(30_000, 30_009))
    expect(elements().length).toBeLessThanOrEqual(10 + 12)
    scrollTo(0)
    expect(seen()[0]).toBe(2_331)
    expect(grid().textContent).toContain('oldest 2,331 discarded (cap 65,536), statistics stay exact')
  })

  test('a reader whose rows have left is at the oldest', () => {
    publishAndDraw(65_536)
    scrollTo(0)
    publishAndDraw(100)
    expect(seen()[0]).toBe(100)
    expect(grid().getAttribute('aria-rowcount')).toBe('65537')
  })
})

describe('a pause', () => {
  test('holds the list while recording goes on, and shows everything afterwards', () => {
    publishAndDraw(20)
    act(() => mounted.panel.session.view.pause())
    publishAndDraw(1_204)
    expect(seen()).toEqual(from(10, 19))
    expect(document.querySelector('[data-paused]')).not.toBeNull()
    fireEvent.click(screen.getByRole('button', { name: '▲ 1,204 new · resume' }))
    mounted.frame()
    expect(seen()).toEqual(from(1_214, 1_223))
    expect(document.querySelector('[data-paused]')).toBeNull()
  })
})

describe('selecting', () => {
  test('by keys: from the newest up, by pages, to both ends; what is selected stays in sight', () => {
    publishAndDraw(1_000)
    press('k', 'k', 'ArrowUp')
    expect(selected()).toBe(997)
    press('j')
    expect(selected()).toBe(998)
    expect(grid().getAttribute('aria-activedescendant')).toBe(
      elements().find((row) => row.getAttribute('aria-selected') === 'true')!.id,
    )
    press('PageUp', 'PageUp')
    expect(selected()).toBe(978)
    expect(seen()).toEqual(from(978, 987))
    press('Home', 'k')
    expect([selected(), seen()]).toEqual([0, from(0, 9)])
    press('ArrowDown', 'PageDown')
    expect([selected(), seen()]).toEqual([11, from(2, 11)])
    press('End', 'j')
    expect([selected(), seen()]).toEqual([999, from(990, 999)])
  })

  test('ends following, for else it would be gone', () => {
    publishAndDraw(100)
    press('k')
    expect(mounted.panel.follows).toBe(false)
    publishAndDraw(100)
    expect(seen()).toEqual(from(90, 99))
  })

  test('by a press, on what was shown when it was pressed', () => {
    publishAndDraw(100)
    fireEvent.pointerDown(elements().at(-3)!.firstElementChild!, { button: 0 })
    expect(selected()).toBe(97)
    fireEvent.pointerDown(elements().at(-1)!, { button: 2 })
    expect(selected()).toBe(97)
  })

  test('elsewhere brings the row here', () => {
    publishAndDraw(1_000)
    act(() => mounted.panel.session.view.select(300))
    mounted.frame()
    expect(seen()).toEqual(from(300, 309))
  })

  test('moves on from an event that the filter has taken away', () => {
    for (let n = 0; n < 10; n++) mounted.bus.publish(n % 2 === 0 ? 'even' : 'odd', {})
    act(() => mounted.panel.session.view.select(5))
    act(() => mounted.panel.session.view.setFilter('topic:even'))
    mounted.frame()
    press('j')
    expect(selected()).toBe(6)
    act(() => mounted.panel.session.view.select(5))
    press('k')
    expect(selected()).toBe(4)
  })

  test('Enter opens the inspector', () => {
    publishAndDraw(3)
    mounted.panel.settings.set({ inspectorOpen: false })
    press('Enter')
    expect(mounted.panel.settings.get().inspectorOpen).toBe(false)
    press('k', 'Enter')
    expect(mounted.panel.settings.get().inspectorOpen).toBe(true)
  })
})

describe('a filter', () => {
  test('leaves the rows that match, and the reader near where it was', () => {
    for (let n = 0; n < 1_000; n++) mounted.bus.publish(n % 10 === 0 ? 'order.paid' : 'user.login', {})
    mounted.frame()
    scrollTo(503 * 22)
    act(() => mounted.panel.session.view.setFilter('topic:order.*'))
    mounted.frame()
    expect(seen()).toEqual(Array.from({ length: 10 }, (_, index) => 510 + index * 10))
    expect(grid().getAttribute('aria-rowcount')).toBe('101')
  })

  test('that lets nothing through says which clause excludes most, and can be cleared', async () => {
    publish(40, 'order.paid')
    publish(60, 'user.login')
    act(() => mounted.panel.session.view.setFilter('topic:order.* topic:user.* handler:ghost'))
    mounted.frame()
    expect(await screen.findByText('100 events, none match', {}, patience)).toBeDefined()
    expect(screen.getByText('handler:ghost').parentElement!.textContent).toBe(
      'handler:ghost matches none of the newest 100.',
    )
    fireEvent.click(screen.getByRole('button', { name: 'Leave that out' }))
    mounted.frame()
    expect(mounted.panel.session.view.text).toBe('topic:order.* topic:user.*')
    expect(screen.getByText('topic:order.*').parentElement!.textContent).toBe(
      'topic:order.* excludes most: alone it matches 40 of the newest 100.',
    )
    fireEvent.click(screen.getByRole('button', { name: 'Clear the filter' }))
    mounted.frame()
    expect(seen()).toEqual(from(90, 99))
  })

  test('a time range without events can be cleared', async () => {
    publish(3)
    act(() => mounted.panel.session.view.setRange({ from: 0, to: 1 }))
    mounted.frame()
    fireEvent.click(await screen.findByRole('button', { name: 'Clear the time range' }, patience))
    mounted.frame()
    expect(numbers()).toEqual([0, 1, 2])
  })
})

describe('a list without rows', () => {
  test('says what it listens to, until the first event', () => {
    const words = 'Listening on shop. No events yet'
    const isShown = (): boolean => document.querySelector('.hb-note strong')?.textContent === words
    expect(isShown()).toBe(true)
    publishAndDraw(1)
    expect(isShown()).toBe(false)
  })

  test('says that recording is stopped, and begins it again', () => {
    act(() => mounted.panel.session.setRecording(false))
    publishAndDraw(1)
    expect(screen.getByText('Recording is stopped')).toBeDefined()
    fireEvent.click(screen.getByRole('button', { name: 'Record' }))
    publishAndDraw(1)
    expect(numbers()).toEqual([0])
  })
})

test('rates are said every five seconds at most, and rows never', () => {
  vi.useFakeTimers({ now: 100_000 })
  try {
    const calm = mountPanel(<StreamView />, quietBus())
    const said = (): string => calm.container.querySelector('output')!.textContent
    expect(said()).toBe('0 events a second')
    for (let second = 0; second < 10; second++) {
      for (let n = 0; n < 20; n++) calm.bus.publish('order.paid', {})
      vi.advanceTimersByTime(1_000)
      const before = said()
      calm.frame()
      if (second % 5 !== 0) expect(said()).toBe(before)
    }
    expect(said()).toBe('20 events a second')
  } finally {
    vi.useRealTimers()
  }
})
