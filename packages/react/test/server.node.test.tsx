import type { ReactNode } from 'react'
import { renderToString } from 'react-dom/server'
import { expect, test, vi } from 'vitest'
import { BusProvider, nightSky, StarSeen, useEvent, useHistory, useLatest, useStats } from './night-sky.ts'

function Page(): ReactNode {
  useEvent('star.*', () => undefined)
  const latest = useLatest('star.*')
  const all = useHistory('star.*')
  const { published } = useStats()
  return `${latest?.type ?? 'nothing'}, ${all.length}, ${published}`
}

test('the server renders nothing of its own bus, and subscribes to nothing', () => {
  const complaints = vi.spyOn(console, 'error')
  const bus = nightSky()
  bus.publish(StarSeen({ n: 1 }))
  const html = renderToString(
    <BusProvider bus={bus}>
      <Page />
    </BusProvider>,
  )
  expect(html).toBe('nothing, 0, 0')
  expect(bus.subscriptions()).toEqual([])
  expect(complaints).not.toHaveBeenCalled()
})
