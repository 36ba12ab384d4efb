// @vitest-environment happy-dom
import { createBus } from '@heliobus/core'
import { act, cleanup, render, screen } from '@testing-library/react'
import { StrictMode } from 'react'
import { renderToString } from 'react-dom/server'
import { afterEach, expect, it, vi } from 'vitest'
import { BusDevtools as InDevelopment } from '../../src/index.ts'
import { BusDevtoolsPanel } from '../../src/panel.ts'
import { BusDevtools } from '../../src/production.ts'
import { patience } from '../../../packages/testing/test/patience.ts'

afterEach(() => {
  cleanup()
  vi.unstubAllEnvs()
})

const createQuietBus = (source: string) => createBus({ source, logger: { log: () => {} } })
const hosts = () => document.querySelectorAll('heliobus-devtools').length

it('renders nothing on the server', () => {
  const bus = createQuietBus('shop')
  expect(renderToString(<BusDevtools bus={bus} />)).toBe('')
  expect(renderToString(<InDevelopment bus={bus} />)).toBe('')
  expect(renderToString(<BusDevtoolsPanel bus={bus} />)).toBe('<div style="height:100%"></div>')
})

it('stands in the page once, also in strict mode, and goes with its component', () => {
  const { container, unmount } = render(<BusDevtools bus={createQuietBus('shop')} />, { wrapper: StrictMode })
  expect(container.innerHTML).toBe('')
  expect(hosts()).toBe(1)
  unmount()
  expect(hosts()).toBe(0)
})

it('another bus begins anew; the same buses in another list don’t', () => {
  const [shop, stock] = [createQuietBus('shop'), createQuietBus('stock')]
  const { rerender } = render(<BusDevtools buses={[shop, stock]} />)
  const first = document.querySelector('heliobus-devtools')
  rerender(<BusDevtools buses={[shop, stock]} />)
  expect(document.querySelector('heliobus-devtools')).toBe(first)
  rerender(<BusDevtools buses={[stock]} />)
  expect(document.querySelector('heliobus-devtools')).not.toBe(first)
  expect(hosts()).toBe(1)
})

it('outside of development it is nothing', async () => {
  vi.stubEnv('NODE_ENV', 'production')
  render(<InDevelopment bus={createQuietBus('shop')} />)
  await act(() => import('../../src/shell/bus-devtools.ts'))
  expect(hosts()).toBe(0)
})

it('in development it is the devtools', async () => {
  vi.stubEnv('NODE_ENV', 'development')
  render(<InDevelopment bus={createQuietBus('shop')} />)
  await vi.waitFor(() => expect(hosts()).toBe(1), patience)
})

it('the panel by itself shows a bus, and another one when it is given', () => {
  const [shop, stock] = [createQuietBus('shop'), createQuietBus('stock')]
  const { rerender, unmount } = render(<BusDevtoolsPanel bus={shop} />, { wrapper: StrictMode })
  expect(screen.getByRole('button', { name: 'shop' })).toBeDefined()
  rerender(<BusDevtoolsPanel bus={stock} />)
  expect(screen.getByRole('button', { name: 'stock' })).toBeDefined()
  unmount()
  expect(document.querySelector('.hb-panel')).toBeNull()
})

it('the style sheet is adopted once', () => {
  const bus = createQuietBus('shop')
  render(<BusDevtoolsPanel bus={bus} />).unmount()
  const before = document.adoptedStyleSheets.length
  render(<BusDevtoolsPanel bus={bus} />)
  expect(before).toBeGreaterThan(0)
  expect(document.adoptedStyleSheets.length).toBe(before)
})
