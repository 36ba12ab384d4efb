// @vitest-environment happy-dom
import { createBus, defineCatalog, defineEvent, type Schema } from '@heliobus/core'
import { act, fireEvent, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Inspector } from '../../src/panel/inspector/inspector.tsx'
import { MainView } from '../../src/panel/main-view.tsx'
import { type Mounted, mountPanel } from './mount.tsx'
import { patience } from '../../../packages/testing/test/patience.ts'

const anything: Schema = {
  '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value }) },
}
const Paid = defineEvent('order.paid', { data: anything, sensitive: ['card.number'] })

/** Planted where nobody should find them. */
const secrets = ['4242-4242', 'hunter2']
const payload = (n: number) => ({
  n,
  card: { number: secrets[0], holder: 'Ada' },
  login: { password: secrets[1] },
})

let mounted: Mounted

beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(500)
  const bus = createBus({ logger: { log: () => {} } })
  bus.scope('shop', defineCatalog(Paid))
  bus.subscribe(
    'order.paid',
    () => {
      throw new Error('no')
    },
    { name: 'mail', retry: false },
  )
  mounted = mountPanel(
    <>
      <MainView />
      <Inspector />
    </>,
    bus,
  )
  for (let n = 0; n < 2; n++) bus.publish('order.paid', payload(n))
  mounted.frame()
  act(() => mounted.panel.session.view.select(1))
})

afterEach(() => {
  vi.restoreAllMocks()
})

const shown = (): string => document.body.outerHTML

function expectNoSecret(text: string): void {
  for (const secret of secrets) expect(text).not.toContain(secret)
}

test('the list shows a mask', () => {
  expect(shown()).toContain('card: {number: (masked), holder: "Ada"}')
  expectNoSecret(shown())
})

test.each(['payload', 'diff', 'handlers', 'meta', 'explain'])('so does the tab %s', async (tab) => {
  act(() => mounted.panel.inspect(tab))
  await vi.waitFor(() => expect(screen.getByRole('tabpanel').childElementCount).toBeGreaterThan(0), patience)
  if (tab === 'payload') {
    fireEvent.click(screen.getByRole('button', { name: 'Open all' }))
    expect(screen.getByRole('tabpanel').textContent).toContain('(masked)')
  }
  expectNoSecret(shown())
})

test('so do dead letters, and flows', async () => {
  for (const view of ['letters', 'trace'] as const) {
    act(() => mounted.panel.show(view))
    await vi.waitFor(() => {
      mounted.frame()
      expect(shown()).toContain('(masked)')
    }, patience)
    expectNoSecret(shown())
  }
})

test('what is copied is masked, too', async () => {
  const copied: string[] = []
  vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(async (text) => void copied.push(text))
  for (const title of ['Event as JSON', 'Payload as JSON']) {
    fireEvent.click(screen.getByRole('button', { name: 'Copy' }))
    await act(async () => void fireEvent.click(screen.getByRole('menuitem', { name: title })))
  }
  expect(copied).toHaveLength(2)
  expect(copied[1]).toContain('"number": "(masked)"')
  expectNoSecret(copied.join())
})

test('the bus keeps what it was', () => {
  expect(mounted.bus.history()[0]?.data).toEqual(payload(1))
})
