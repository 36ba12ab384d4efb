// @vitest-environment happy-dom
import { createManualClock } from '@heliobus/testing'
import { act, cleanup, render } from '@testing-library/react'
import { type ReactNode, StrictMode, Suspense, useEffect, useLayoutEffect } from 'react'
import { afterEach, describe, expect, test } from 'vitest'
import { BusProvider, MoonRose, nightSky, StarSeen, useHistory, useLatest, useStats } from './night-sky.ts'

afterEach(cleanup)

function Latest({ onRender, every = 0 }: { onRender?: () => void; every?: number }): ReactNode {
  onRender?.()
  return <b>{useLatest('star.seen', { every })?.data.n ?? 'none'}</b>
}

function List({ limit = 3, every = 0 }: { limit?: number; every?: number }): ReactNode {
  const events = useHistory(['star.seen', 'moon.rose'], { limit, every })
  return <i>{events.map(({ type, data }) => `${type[0]}${data.n}`).join(' ')}</i>
}

describe('useLatest and useHistory', () => {
  test('they begin with what the bus remembers and go on with what comes', () => {
    const bus = nightSky()
    bus.publish(StarSeen({ n: 1 }))
    bus.publish(MoonRose({ n: 2 }))
    const { container } = render(
      <StrictMode>
        <BusProvider bus={bus}>
          <Latest /> <List />
        </BusProvider>
      </StrictMode>,
    )
    expect(container.textContent).toBe('1 m2 s1')
    act(() => void bus.publish(StarSeen({ n: 3 })))
    act(() => void bus.publish(StarSeen({ n: 4 })))
    expect(container.textContent).toBe('4 s4 s3 m2')
    expect(bus.subscriptions()).toHaveLength(2)
  })

  test('an event between render and subscription is not missed, whether or not the bus remembers', () => {
    const bus = nightSky()
    function Early(): null {
      useLayoutEffect(() => void bus.publish(StarSeen({ n: 1 })), [])
      useEffect(() => void bus.publish(StarSeen({ n: 2 })), [])
      return null
    }
    const { container } = render(
      <BusProvider bus={bus}>
        <Early />
        <Latest /> <List />
      </BusProvider>,
    )
    expect(container.textContent).toBe('2 s2 s1')
  })

  test('they hold on to their events when the bus keeps none, also through StrictMode', () => {
    const bus = nightSky(0)
    const { container } = render(
      <StrictMode>
        <BusProvider bus={bus}>
          <Latest /> <List />
        </BusProvider>
      </StrictMode>,
    )
    expect(container.textContent).toBe('none ')
    for (const n of [1, 2, 3, 4]) act(() => void bus.publish(StarSeen({ n })))
    expect(container.textContent).toBe('4 s4 s3 s2')
  })

  test('the array stays the same until another event comes', () => {
    const bus = nightSky()
    const seen = new Set<unknown>()
    function Collector(): null {
      seen.add(useHistory('star.*'))
      return null
    }
    const page = (
      <BusProvider bus={bus}>
        <Collector key="one" />
      </BusProvider>
    )
    const { rerender } = render(page)
    rerender(<BusProvider bus={bus}>{<Collector key="one" />}</BusProvider>)
    act(() => void bus.publish(MoonRose({ n: 1 })))
    expect(seen.size).toBe(1)
    act(() => void bus.publish(StarSeen({ n: 1 })))
    expect(seen.size).toBe(2)
  })

  test('a storm of 10,000 events renders a handful of times and ends with the right value', async () => {
    const bus = nightSky()
    let renders = 0
    const { container } = render(
      <BusProvider bus={bus}>
        <Latest onRender={() => renders++} />
      </BusProvider>,
    )
    renders = 0
    await act(async () => {
      for (let n = 1; n <= 10_000; n++) bus.publish(StarSeen({ n }))
    })
    expect(container.textContent).toBe('10000')
    expect(renders).toBeLessThanOrEqual(2)
  })

  test('with `every`, a storm over many tasks renders at once and then once in so many ms', () => {
    const bus = nightSky()
    const clock = createManualClock()
    let renders = 0
    const { container, unmount } = render(
      <BusProvider bus={bus} clock={clock}>
        <Latest every={100} onRender={() => renders++} />
      </BusProvider>,
    )
    renders = 0
    act(() => void bus.publish(StarSeen({ n: 1 })))
    expect(container.textContent).toBe('1')
    for (let n = 2; n <= 1_000; n++) act(() => void bus.publish(StarSeen({ n })))
    expect(container.textContent).toBe('1')
    act(() => clock.advance(100))
    expect(container.textContent).toBe('1000')
    expect(renders).toBe(2)
    unmount()
    expect(clock.pending).toBe(0)
  })

  test('a change of limit or of bus shows what is remembered there', () => {
    const [one, other] = [nightSky(), nightSky()]
    for (const n of [1, 2, 3]) one.publish(StarSeen({ n }))
    other.publish(StarSeen({ n: 9 }))
    const page = (bus: typeof one, limit: number): ReactNode => (
      <BusProvider bus={bus}>
        <List limit={limit} />
      </BusProvider>
    )
    const { container, rerender } = render(page(one, 1))
    expect(container.textContent).toBe('s3')
    rerender(page(one, 2))
    expect(container.textContent).toBe('s3 s2')
    rerender(page(other, 2))
    expect(container.textContent).toBe('s9')
    expect(one.subscriptions()).toEqual([])
  })

  test('a change of limit or of `every` keeps what the bus has long forgotten', () => {
    const bus = nightSky(2)
    const clock = createManualClock()
    const page = (limit: number, every: number): ReactNode => (
      <BusProvider bus={bus} clock={clock}>
        <List limit={limit} every={every} />
      </BusProvider>
    )
    const { container, rerender } = render(page(4, 0))
    for (const n of [1, 2, 3, 4]) act(() => void bus.publish(StarSeen({ n })))
    expect(container.textContent).toBe('s4 s3 s2 s1')
    rerender(page(5, 100))
    expect(container.textContent).toBe('s4 s3 s2 s1')
    for (const n of [5, 6]) act(() => void bus.publish(StarSeen({ n })))
    expect(container.textContent).toBe('s5 s4 s3 s2 s1')
    rerender(page(3, 0))
    expect(container.textContent).toBe('s6 s5 s4')
    expect(bus.subscriptions()).toHaveLength(1)
    expect(clock.pending).toBe(0)
  })

  test('what has come stays on the page when the bus closes, and a page made then shows it too', async () => {
    const bus = nightSky()
    bus.publish(StarSeen({ n: 7 }))
    const page = (
      <BusProvider bus={bus}>
        <Latest />
      </BusProvider>
    )
    const { container } = render(page)
    await act(() => bus.close())
    expect(container.textContent).toBe('7')
    expect(render(page).container.textContent).toBe('7')
  })
})

describe('a component that waits or hides', () => {
  test('one whose first render is thrown away subscribes to nothing, and then begins with what came meanwhile', async () => {
    const bus = nightSky()
    let wake = (): void => undefined
    let asleep = true
    const sleep = new Promise<void>((resolve) => {
      wake = resolve
    })
    function Sleeper(): ReactNode {
      const newest = useLatest('star.seen')
      if (asleep) throw sleep
      return newest?.data.n ?? 'none'
    }
    const { container } = render(
      <BusProvider bus={bus}>
        <Suspense fallback="waiting">
          <Sleeper />
        </Suspense>
      </BusProvider>,
    )
    act(() => void bus.publish(StarSeen({ n: 1 })))
    expect(container.textContent).toBe('waiting')
    expect(bus.subscriptions()).toEqual([])
    asleep = false
    await act(async () => wake())
    expect(container.textContent).toBe('1')
    expect(bus.subscriptions()).toHaveLength(1)
  })
})

describe('useStats', () => {
  test('shows the statistics as they were at the last look', () => {
    const bus = nightSky()
    const clock = createManualClock()
    function Published(): ReactNode {
      return useStats({ every: 200 }).published
    }
    const { container, unmount } = render(
      <StrictMode>
        <BusProvider bus={bus} clock={clock}>
          <Published />
        </BusProvider>
      </StrictMode>,
    )
    expect(clock.pending).toBe(1)
    bus.publish(StarSeen({ n: 1 }))
    act(() => clock.advance(199))
    expect(container.textContent).toBe('0')
    act(() => clock.advance(1))
    expect(container.textContent).toBe('1')
    unmount()
    expect(clock.pending).toBe(0)
  })

  test('with another `every` looks at once, and from then on in that time', () => {
    const bus = nightSky()
    const clock = createManualClock()
    function Published({ every }: { every: number }): ReactNode {
      return useStats({ every }).published
    }
    const page = (every: number): ReactNode => (
      <BusProvider bus={bus} clock={clock}>
        <Published every={every} />
      </BusProvider>
    )
    const { container, rerender } = render(page(1_000))
    bus.publish(StarSeen({ n: 1 }))
    rerender(page(100))
    expect(container.textContent).toBe('1')
    expect(clock.pending).toBe(1)
    bus.publish(StarSeen({ n: 2 }))
    act(() => clock.advance(100))
    expect(container.textContent).toBe('2')
  })
})
