// @vitest-environment happy-dom
import { type Bus, createBus, type Signal } from '@heliobus/core'
import { afterEach, expect, it, onTestFinished, vi } from 'vitest'
import { EarlySignals } from '../../src/shell/early-signals.ts'
import { mountDevtools } from '../../src/shell/mount.ts'
import { Recorder } from '../../src/model/recorder.ts'
import type { WatchedBus } from '../../src/panel/state/session.ts'
import type { DevtoolsOptions } from '../../src/shell/options.ts'
import { patience } from '../../../packages/testing/test/patience.ts'

afterEach(() => document.documentElement.removeAttribute('style'))

const quiet = { logger: { log: () => {} } }

/** A bus that knows how many listen to its tap. */
function watch(bus: Bus): WatchedBus & { readonly listeners: number } {
  let listeners = 0
  const subscribe: Bus['tap$']['subscribe'] = (listen) => {
    const subscription = bus.tap$.subscribe(listen as (signal: Signal) => void)
    listeners++
    subscription.add(() => listeners--)
    return subscription
  }
  return {
    source: bus.source,
    subscriptions: () => bus.subscriptions(),
    tap$: { subscribe } as Bus['tap$'],
    get listeners() {
      return listeners
    },
  }
}

function mount(options: DevtoolsOptions = {}) {
  const bus = createBus({ source: 'shop', ...quiet })
  const watched = watch(bus)
  const dispose = mountDevtools(watched, { shadowMode: 'open', ...options })
  onTestFinished(dispose)
  const host = document.querySelector('heliobus-devtools')!
  const root = host.shadowRoot!
  const launcher = root.querySelector('button')!
  const panel = () => root.querySelector('[aria-label="Heliobus devtools"].hb-panel')
  const open = async () => {
    launcher.click()
    await vi.waitFor(() => expect(panel()).not.toBeNull(), patience)
  }
  return { bus, watched, dispose, host, root, launcher, panel, open }
}

it('what a bus tells before the recorder is there is recorded', async () => {
  const { bus, open, root } = mount()
  bus.publish('order.created', { id: 1 })
  await open()
  expect(root.textContent).toContain('order')
  expect(root.textContent).not.toContain('had no place')
})

it('signals beyond the bound are counted', () => {
  const bus = createBus({ source: 'shop', ...quiet })
  bus.subscribe('a.b', () => {})
  let told = 0
  bus.tap$.subscribe(() => told++)
  const early = new EarlySignals(bus)
  told = 0
  for (let n = 0; n < 6_000; n++) bus.publish('a.b', n)
  const recorder = new Recorder()
  expect(early.handOver(recorder)).toBe(told - 10_000)
  expect(recorder.rows.next).toBe(recorder.statistics.all.published)
  const { next } = recorder.rows
  bus.publish('a.b', 1)
  expect(recorder.rows.next).toBe(next)
})

it('a press before the recorder is there opens the panel once it is', async () => {
  const { launcher, panel } = mount()
  launcher.click()
  expect(panel()).toBeNull()
  await vi.waitFor(() => expect(panel()).not.toBeNull(), patience)
})

it('closed, nothing of the panel is in the page', async () => {
  const { open, panel, root } = mount()
  await open()
  root.querySelector<HTMLButtonElement>('[aria-label="Close the panel"]')!.click()
  expect(panel()).toBeNull()
  expect(root.querySelector('.hb-stage')).toBeNull()
  await vi.waitFor(() => expect(document.documentElement.style.length).toBe(0), patience)
})

it('taken away, it hears the bus no more, and the page is as it was', async () => {
  const { watched, dispose, open } = mount()
  await open()
  dispose()
  expect(document.querySelector('heliobus-devtools')).toBeNull()
  expect(watched.listeners).toBe(0)
  await vi.waitFor(() => expect(document.documentElement.style.length).toBe(0), patience)
})

it('taken away before anything was loaded, it loads nothing into the page', async () => {
  const { watched, dispose } = mount({ initialOpen: true })
  dispose()
  await import('../../src/shell/recording.ts')
  expect(document.querySelector('heliobus-devtools')).toBeNull()
  expect(watched.listeners).toBe(0)
})

it('the hotkey opens and closes; another one can be chosen', async () => {
  const { panel, open, launcher } = mount({ hotkey: 'alt+d' })
  await open()
  const press = (init: KeyboardEventInit): boolean =>
    window.dispatchEvent(new KeyboardEvent('keydown', { cancelable: true, ...init }))
  expect(press({ key: 'd' })).toBe(true)
  expect(panel()).not.toBeNull()
  expect(press({ key: 'd', altKey: true })).toBe(false)
  expect(panel()).toBeNull()
  expect(launcher.hidden).toBe(false)
})

it('a hotkey that is none is told of, and the app goes on', async () => {
  const { watched, launcher } = mount({ hotkey: 'hyper+e' })
  await vi.waitFor(() => expect(launcher.title).toContain('"hyper+e" is no hotkey'), patience)
  expect(watched.listeners).toBe(0)
})

it('without a bus there is nothing to show', () => {
  expect(() => mountDevtools([])).toThrow(TypeError)
  expect(document.querySelector('heliobus-devtools')).toBeNull()
})
