// @vitest-environment happy-dom
import { createManualClock } from '@heliobus/testing'
import { act, cleanup, render } from '@testing-library/react'
import { Component, type ReactNode, StrictMode, useEffect, useLayoutEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { BusProvider, MoonRose, nightSky, StarSeen, useBus, useEvent, usePublish } from './night-sky.ts'

afterEach(cleanup)

function Listener({ pattern, heard }: { pattern: 'star.*' | 'moon.*'; heard: (text: string) => void }): null {
  useEvent(pattern, (event) => heard(event.type))
  return null
}

describe('useEvent', () => {
  test('under StrictMode a component subscribes once at a time and leaves nothing behind', () => {
    const bus = nightSky()
    const heard = vi.fn()
    const most: number[] = []
    bus.tap$.subscribe(() => most.push(bus.subscriptions().length))
    const { unmount } = render(
      <StrictMode>
        <BusProvider bus={bus}>
          <Listener pattern="star.*" heard={heard} />
        </BusProvider>
      </StrictMode>,
    )
    bus.publish(StarSeen({ n: 1 }))
    expect(heard).toHaveBeenCalledTimes(1)
    expect(Math.max(...most)).toBe(1)
    expect(bus.subscriptions()).toHaveLength(1)

    unmount()
    bus.publish(StarSeen({ n: 2 }))
    expect(heard).toHaveBeenCalledTimes(1)
    expect(bus.subscriptions()).toEqual([])
  })

  test('the newest handler and where are called, without subscribing anew', () => {
    const bus = nightSky()
    const heard: string[] = []
    const signals: string[] = []
    bus.tap$.subscribe(({ type }) => signals.push(type))
    function Counter({ count }: { count: number }): null {
      useEvent(['star.seen', 'moon.rose'], ({ data }) => heard.push(`${count}: ${data.n}`), {
        name: 'counter',
        where: ({ data }) => data.n >= count,
      })
      return null
    }
    const page = (count: number): ReactNode => (
      <BusProvider bus={bus}>
        <Counter count={count} />
      </BusProvider>
    )
    const { rerender } = render(page(1))
    bus.publish(StarSeen({ n: 1 }))
    rerender(page(2))
    bus.publish(StarSeen({ n: 1 }))
    bus.publish(MoonRose({ n: 2 }))
    expect(heard).toEqual(['1: 1', '2: 2'])
    expect(signals.filter((type) => type === 'subscribed')).toHaveLength(1)
    expect(bus.subscriptions()[0]?.name).toBe('counter')
  })

  test('a change of pattern moves the subscription, and nothing published meanwhile is lost or heard twice', () => {
    const bus = nightSky()
    const heard: string[] = []
    const note = (text: string): void => void heard.push(text)
    function Busy({ round }: { round: number }): null {
      useLayoutEffect(() => {
        bus.publish(StarSeen({ n: round }))
        return () => void bus.publish(StarSeen({ n: round }))
      }, [round])
      return null
    }
    function Both({ wide }: { wide: boolean }): null {
      useEvent(wide ? ['star.*', 'moon.*'] : ['star.*'], (event) => note(event.type))
      return null
    }
    const page = (wide: boolean, round: number): ReactNode => (
      <BusProvider bus={bus}>
        <Both wide={wide} />
        <Busy round={round} />
      </BusProvider>
    )
    const { rerender } = render(page(false, 1))
    expect(heard).toEqual(['star.seen'])
    rerender(page(true, 2))
    expect(heard).toEqual(['star.seen', 'star.seen', 'star.seen'])
    bus.publish(MoonRose({ n: 1 }))
    expect(heard.at(-1)).toBe('moon.rose')
    expect(bus.subscriptions()).toHaveLength(1)
  })

  test('what a component publishes as it mounts reaches the others of the same page', () => {
    const bus = nightSky()
    const heard = vi.fn()
    function Greeter(): null {
      const publish = usePublish()
      useEffect(() => void publish('star.seen', { n: 1 }), [publish])
      return null
    }
    render(
      <BusProvider bus={bus}>
        <Greeter />
        <Listener pattern="star.*" heard={heard} />
      </BusProvider>,
    )
    expect(heard).toHaveBeenCalledTimes(1)
  })

  test('a provider with another bus takes its components there', () => {
    const [one, other] = [nightSky(), nightSky()]
    const heard = vi.fn()
    const page = (bus: typeof one): ReactNode => (
      <BusProvider bus={bus}>
        <Listener pattern="star.*" heard={heard} />
      </BusProvider>
    )
    const { rerender } = render(page(one))
    rerender(page(other))
    one.publish(StarSeen({ n: 1 }))
    expect(heard).not.toHaveBeenCalled()
    other.publish(StarSeen({ n: 1 }))
    expect(heard).toHaveBeenCalledTimes(1)
    expect(one.subscriptions()).toEqual([])
  })

  test('a component that a handler takes away is not called any more, not even for that event', () => {
    const bus = nightSky()
    const heard = vi.fn()
    function Switch(): ReactNode {
      const [on, turn] = useState(true)
      useEvent('star.seen', () => flushSync(() => turn(false)), { priority: 1 })
      return on && <Listener pattern="star.*" heard={heard} />
    }
    render(
      <BusProvider bus={bus}>
        <Switch />
      </BusProvider>,
    )
    expect(bus.subscriptions()).toHaveLength(2)
    act(() => void bus.publish(StarSeen({ n: 1 })))
    expect(heard).not.toHaveBeenCalled()
    expect(bus.subscriptions()).toHaveLength(1)
  })

  test('a handler that is called `once` is not called again, whatever renders', () => {
    const bus = nightSky()
    const heard = vi.fn()
    function First(): null {
      useEvent('star.seen', () => heard(), { once: true })
      return null
    }
    const page = (
      <StrictMode>
        <BusProvider bus={bus}>
          <First />
        </BusProvider>
      </StrictMode>
    )
    const { rerender } = render(page)
    bus.publish(StarSeen({ n: 1 }))
    rerender(page)
    bus.publish(StarSeen({ n: 2 }))
    expect(heard).toHaveBeenCalledTimes(1)
    expect(bus.subscriptions()).toEqual([])
  })

  test('a bus that closes takes no page down, and neither does one that is closed already', async () => {
    const bus = nightSky()
    const page = (pattern: 'star.*' | 'moon.*'): ReactNode => (
      <BusProvider bus={bus} clock={createManualClock()}>
        <Listener pattern={pattern} heard={() => undefined} />
        still here
      </BusProvider>
    )
    const { container, rerender } = render(page('star.*'))
    await act(() => bus.close())
    rerender(page('moon.*'))
    expect(container.textContent).toBe('still here')
  })

  test('a pattern that is none reaches the error boundary', () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    class Boundary extends Component<{ children: ReactNode }, { error?: Error }> {
      override state: { error?: Error } = {}
      static getDerivedStateFromError(error: Error): { error: Error } {
        return { error }
      }
      override render(): ReactNode {
        return this.state.error?.message ?? this.props.children
      }
    }
    const bus = nightSky()
    const { container } = render(
      <Boundary>
        <BusProvider bus={bus}>
          <Listener pattern={'star..seen' as 'star.*'} heard={() => undefined} />
        </BusProvider>
      </Boundary>,
    )
    expect(container.textContent).toContain('is not a pattern')
    expect(bus.subscriptions()).toEqual([])
    vi.restoreAllMocks()
  })
})

describe('the provider', () => {
  test('a hook without one says what is missing', () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    expect(() => render(<Listener pattern="star.*" heard={() => undefined} />)).toThrow(
      '<BusProvider bus={…}>',
    )
    vi.restoreAllMocks()
  })

  test('usePublish gives the same function in every render, and publishes on the bus that useBus gives', () => {
    const bus = nightSky()
    const given = new Set<unknown>()
    function Publisher({ n }: { n: number }): null {
      const publish = usePublish()
      given.add(publish)
      expect(useBus()).toBe(bus)
      useEffect(() => void publish(StarSeen({ n })), [publish, n])
      return null
    }
    const page = (n: number): ReactNode => (
      <BusProvider bus={bus}>
        <Publisher n={n} />
      </BusProvider>
    )
    const { rerender } = render(page(1))
    rerender(page(2))
    expect(given.size).toBe(1)
    expect(bus.history('star.seen').map(({ data }) => data.n)).toEqual([2, 1])
  })
})
