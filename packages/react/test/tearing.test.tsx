// @vitest-environment happy-dom
import type { Bus } from '@heliobus/core'
import { cleanup, render } from '@testing-library/react'
import { type ReactNode, startTransition, useEffect, useLayoutEffect, useState } from 'react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import {
  BusProvider,
  MoonRose,
  nightSky,
  type Sky,
  StarSeen,
  useBus,
  useEvent,
  useHistory,
  useLatest,
} from './night-sky.ts'
import { patience } from '../../testing/test/patience.ts'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

/** A hook under test: the number of the newest star. */
type Hook = () => number | undefined

const sound: Record<string, Hook> = {
  useLatest: () => useLatest('star.seen')?.data.n,
  useHistory: () => useHistory('star.seen')[0]?.data.n,
}

function newestStar(bus: Bus<Sky>): number | undefined {
  return bus.history('star.seen', { limit: 1 })[0]?.data.n
}

/** The hook that everybody writes first. It looks again when it has subscribed, and tears all the same. */
function useTorn(): number | undefined {
  const bus = useBus()
  const [newest, setNewest] = useState(() => newestStar(bus))
  useEffect(() => {
    // oxlint-disable-next-line react/set-state-in-effect -- this hook is here for its faults
    setNewest(newestStar(bus))
    return bus.subscribe('star.seen', ({ data }) => setNewest(data.n)).unsubscribe
  }, [bus])
  return newest
}

const crowd = 40

/** So that React pauses between components. */
function dawdle(): void {
  const until = performance.now() + 2
  while (performance.now() < until);
}

const texts = (): string[] => [...document.querySelectorAll('b')].map((one) => one.textContent)

/** Calls `step` again and again, between the slices of React's work, until it returns true. */
function betweenSlices(step: () => boolean): Promise<void> {
  const { port1, port2 } = new MessageChannel()
  return new Promise((resolve) => {
    port1.addEventListener('message', () => {
      if (!step()) return port2.postMessage('next')
      port1.close()
      resolve()
    })
    port1.start()
    port2.postMessage('next')
  })
}

/**
 * Mounts a crowd of components beside `already` mounted ones, in a transition during which three stars are seen. Returns
 * what they showed together, each time it could be seen.
 */
async function framesOf(useNewest: Hook, already: number): Promise<string[][]> {
  const bus = nightSky()
  const frames: string[][] = []
  let rendered = 0
  function Slow(): ReactNode {
    rendered++
    dawdle()
    return <b>{useNewest() ?? 'none'}</b>
  }
  function Crowd(): ReactNode {
    const [count, setCount] = useState(already)
    useEvent('moon.rose', () => startTransition(() => setCount(crowd)))
    useLayoutEffect(() => void frames.push(texts()))
    return Array.from({ length: count }, (_, n) => <Slow key={n} />)
  }
  const { container } = render(
    <BusProvider bus={bus}>
      <Crowd />
    </BusProvider>,
  )
  const observer = new MutationObserver(() => frames.push(texts()))
  observer.observe(container, { childList: true, subtree: true, characterData: true })

  // Outside `act` React renders as in a page: in slices.
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', false)
  let [stars, before] = [0, rendered]
  bus.publish(MoonRose({ n: 1 }))
  await betweenSlices(() => {
    // Whenever some of the crowd has been rendered. A few only: where components are there already, every event interrupts
    // the transition, which begins anew.
    if (stars < 3 && rendered > before) bus.publish(StarSeen({ n: ++stars }))
    before = rendered
    return texts().length === crowd
  })
  await vi.waitFor(() => expect(new Set(texts())).toEqual(new Set(['3'])), patience)
  observer.disconnect()
  expect(stars).toBe(3)
  return frames
}

const isTorn = (frame: readonly string[]): boolean => new Set(frame).size > 1

describe('components that mount in a transition while events come never show two truths at once', () => {
  for (const [name, hook] of Object.entries(sound)) {
    test.each([0, 1])(`${name}, with %i there already`, async (already) => {
      const frames = await framesOf(hook, already)
      expect(frames.filter(isTorn)).toEqual([])
    })
  }

  test('a hook on useState and useEffect is caught at it', async () => {
    const frames = await framesOf(useTorn, 0)
    expect(frames.some(isTorn)).toBe(true)
  })
})
