// @vitest-environment happy-dom
import { createBus } from '@heliobus/core'
import { act, fireEvent, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Overview } from '../../src/panel/overview/overview.tsx'
import { spanOf } from '../../src/panel/overview/span.ts'
import { Session } from '../../src/panel/state/session.ts'
import { type Mounted, mountPanel } from './mount.tsx'

// The strip is 1,200 px wide and shows two minutes, for its first event is older: 100 ms a pixel.
const NOW = Date.UTC(2026, 4, 1, 12)
const FROM = NOW - 120_000
const MS = 100

let mounted: Mounted

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] })
  vi.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, 1_200, 40))
  vi.spyOn(HTMLElement.prototype, 'setPointerCapture').mockReturnValue()
  vi.setSystemTime(FROM - 1)
  mounted = mountPanel(<Overview />)
  mounted.bus.publish('before.it', 1)
  vi.setSystemTime(NOW)
  mounted.frame()
})

afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

const strip = (): HTMLElement => screen.getByLabelText(/^Events over time/)
const slider = (name: string): HTMLElement => screen.getByRole('slider', { name })
const begin = (): HTMLElement => slider('Begin of the time range')
const end = (): HTMLElement => slider('End of the time range')
const range = () => mounted.panel.session.view.range

function drag(from: number, to: number, on: HTMLElement = strip(), button = 0): void {
  fireEvent.pointerDown(on, { clientX: from, pointerId: 1, button })
  fireEvent.pointerMove(strip(), { clientX: to, pointerId: 1 })
  fireEvent.pointerUp(strip(), { clientX: to, pointerId: 1 })
}

test('it shows half a minute at first, then a minute, then two', () => {
  const { panel } = mounted
  const bus = createBus({ source: 'new', logger: { log: () => {} } })
  act(() => panel.add(Session.ofBus(bus, () => Date.now())))
  const shown = (): number => {
    const { from, to } = spanOf(panel.session)
    return (to - from) / 1_000
  }
  expect(shown()).toBe(30)
  bus.publish('a.b', 1)
  for (const [age, seconds] of [
    [29, 30],
    [30, 60],
    [59, 60],
    [60, 120],
    [900, 120],
  ] as const) {
    vi.setSystemTime(NOW + age * 1_000)
    expect(shown()).toBe(seconds)
  }
})

describe('a time range by pointer', () => {
  test('is drawn over the strip, either way round', () => {
    drag(600, 900)
    expect(range()).toEqual({ from: FROM + 600 * MS, to: FROM + 900 * MS })
    drag(300, 100)
    expect(range()).toEqual({ from: FROM + 100 * MS, to: FROM + 300 * MS })
  })

  test('is moved by its middle, and changed by its edges', () => {
    drag(600, 900)
    drag(700, 750, document.querySelector<HTMLElement>('[data-part="middle"]')!)
    expect(range()).toEqual({ from: FROM + 650 * MS, to: FROM + 950 * MS })
    drag(650, 500, begin())
    drag(950, 1_000, end())
    expect(range()).toEqual({ from: FROM + 500 * MS, to: FROM + 1_000 * MS })
  })

  test('ends where the strip ends', () => {
    drag(900, 5_000)
    expect(range()?.to).toBe(NOW)
  })

  test('a press, a shaking hand and the other button choose nothing', () => {
    drag(600, 600)
    drag(600, 602)
    drag(600, 900, strip(), 2)
    expect(range()).toBeUndefined()
  })

  test('a double-click takes it back, and so does Escape after it was drawn', () => {
    drag(600, 900)
    fireEvent.doubleClick(strip())
    expect(range()).toBeUndefined()
    drag(600, 900)
    expect(document.activeElement).toBe(end())
    fireEvent.keyDown(end(), { key: 'Escape' })
    expect(range()).toBeUndefined()
  })
})

describe('a time range by keyboard', () => {
  beforeEach(() => {
    fireEvent.click(screen.getByRole('button', { name: 'Choose a time range' }))
  })

  test('begins with the newest quarter, at its begin', () => {
    expect(range()).toEqual({ from: NOW - 30_000, to: NOW })
    expect(document.activeElement).toBe(begin())
  })

  test('arrows move an edge by a second, pages by ten, no further than the other edge and the strip', () => {
    fireEvent.keyDown(begin(), { key: 'ArrowLeft' })
    expect(range()).toEqual({ from: NOW - 31_000, to: NOW })
    fireEvent.keyDown(end(), { key: 'PageDown' })
    expect(range()).toEqual({ from: NOW - 31_000, to: NOW - 10_000 })
    fireEvent.keyDown(begin(), { key: 'End' })
    expect(range()).toEqual({ from: NOW - 10_000, to: NOW - 10_000 })
    fireEvent.keyDown(begin(), { key: 'Home' })
    for (let n = 0; n < 3; n++) fireEvent.keyDown(end(), { key: 'PageUp' })
    expect(range()).toEqual({ from: FROM, to: NOW })
  })

  test('says the times of its edges', () => {
    expect(begin().getAttribute('aria-valuetext')).toMatch(/^\d\d:\d\d:30\.000$/)
    expect(Number(begin().getAttribute('aria-valuenow'))).toBe(NOW - 30_000)
    expect(Number(begin().getAttribute('aria-valuemin'))).toBe(FROM)
  })

  test('Escape takes it back, and the keyboard stays where it was', () => {
    fireEvent.keyDown(begin(), { key: 'Escape' })
    expect(range()).toBeUndefined()
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Choose a time range' }))
  })
})

test('what lies under the pointer is counted', () => {
  for (let n = 0; n < 1_234; n++) mounted.bus.publish('order.paid', n)
  vi.setSystemTime(NOW + 10_000)
  mounted.frame()
  fireEvent.pointerMove(strip(), { clientX: 1_105 })
  expect(document.querySelector('.hb-overview-label')!.textContent).toMatch(/^\d\d:\d\d:00\.500 · 1,234$/)
  fireEvent.pointerLeave(strip())
  expect(document.querySelector('.hb-overview-label')).toBeNull()
})
