// @vitest-environment happy-dom
import { act } from '@testing-library/react'
import type { ReactNode } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { expect, test, vi } from 'vitest'
import { BusProvider, nightSky, StarSeen, useHistory, useStats } from './night-sky.ts'

function Page(): ReactNode {
  return `${useHistory('star.*').length} of ${useStats().published}`
}

test("a page from the server is taken over without a mismatch, then shows the browser's bus", async () => {
  const recovered = vi.fn()
  const bus = nightSky()
  bus.publish(StarSeen({ n: 1 }))
  const page = (
    <BusProvider bus={bus}>
      <Page />
    </BusProvider>
  )
  const container = document.createElement('main')
  container.innerHTML = renderToString(page)
  expect(container.textContent).toBe('0 of 0')
  const root = await act(async () => hydrateRoot(container, page, { onRecoverableError: recovered }))
  expect(recovered).not.toHaveBeenCalled()
  expect(container.textContent).toBe('1 of 1')
  act(() => root.unmount())
  expect(bus.subscriptions()).toEqual([])
})
