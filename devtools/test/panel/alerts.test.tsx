// @vitest-environment happy-dom
import type { AlertRule } from '@heliobus/core'
import { createTestBus, type TestBus } from '@heliobus/testing'
import { act, fireEvent, screen, within } from '@testing-library/react'
import axe from 'axe-core'
import { describe, expect, test } from 'vitest'
import { deskOf } from '../../src/panel/dead-letters/desk.ts'
import { StatusBar } from '../../src/panel/status/status-bar.tsx'
import { type Mounted, mountPanel } from './mount.tsx'
import { patience } from '../../../packages/testing/test/patience.ts'

interface World extends Mounted {
  readonly shop: TestBus
  /** Publishes so many mails, which can't be sent. */
  readonly fail: (count: number) => Promise<void>
}

function world(...alerts: readonly AlertRule[]): World {
  const shop = createTestBus({ logger: { log: () => {} }, alerts })
  shop.bus.subscribe(
    'mail.*',
    () => {
      throw new Error('no service')
    },
    { name: 'postman', retry: false },
  )
  const mounted = mountPanel(<StatusBar />, shop.bus)
  const fail = async (count: number): Promise<void> => {
    for (let n = 0; n < count; n++) shop.bus.publish('mail.sent', { n })
    await act(async () => shop.advance(100))
    mounted.frame()
  }
  return { ...mounted, shop, fail }
}

const button = (): HTMLElement => screen.getByRole('button', { name: /alert/ })
const open = async (): Promise<HTMLElement> => {
  fireEvent.click(button())
  return screen.findByRole('region', { name: 'Alerts' }, patience)
}
const aboutLetters: AlertRule = { on: 'dead-letters', threshold: 2, window: 60_000, pattern: 'mail.*' }

describe('dead letters in the status bar', () => {
  test('are counted, and lead to their view; none are not spoken of', async () => {
    const { panel, fail } = world()
    expect(screen.queryByRole('button', { name: /dead letter/ })).toBeNull()
    await fail(3)
    const item = screen.getByRole('button', { name: '3 dead letters' })
    expect(item.textContent).toBe('▣ 3 dead letters')
    fireEvent.click(item)
    expect(panel.view).toBe('letters')
  })
})

describe('alerts', () => {
  test('none: nothing is said', async () => {
    const { fail } = world(aboutLetters)
    await fail(1)
    expect(screen.queryByRole('button', { name: /alert/ })).toBeNull()
  })

  test('one is bright until somebody has looked, and shows what it rests on', async () => {
    const { fail } = world(aboutLetters)
    await fail(2)
    expect(button().textContent).toBe('▲ 1 alert')
    expect(button().className).toContain('hb-alert')
    const list = await open()
    expect(button().className).not.toContain('hb-alert')
    expect(within(list).getByText('2 dead letters of mail.* within 1 min')).toBeTruthy()
    const evidence = within(within(list).getByRole('list', { name: 'Evidence' })).getAllByRole('listitem')
    expect(evidence.map(({ textContent }) => textContent.slice(12))).toEqual([
      'mail.sentpostmanError: no service',
      'mail.sentpostmanError: no service',
    ])
    const { violations } = await axe.run(list, { rules: { 'color-contrast': { enabled: false } } })
    expect(violations).toEqual([])
    fireEvent.keyDown(list, { key: 'Escape' })
    expect(screen.queryByRole('region', { name: 'Alerts' })).toBeNull()
    expect(document.activeElement).toBe(button())
  })

  test('about dead letters leads to those of its pattern', async () => {
    const { panel, fail } = world(aboutLetters)
    await fail(2)
    fireEvent.click(within(await open()).getByRole('button', { name: 'Dead letters' }))
    expect(panel.view).toBe('letters')
    expect(deskOf(panel.session)?.wanted).toBe('mail.*')
    expect(screen.queryByRole('region', { name: 'Alerts' })).toBeNull()
  })

  test('about failures leads to the events that failed; an occasion to its event', async () => {
    const { panel, fail } = world({ on: 'failures', threshold: 2, window: 60_000, name: 'post' })
    await fail(2)
    const list = await open()
    expect(within(list).getByText(/2 failed calls within/).textContent).toBe(
      'post: 2 failed calls within 1 min',
    )
    fireEvent.click(within(list).getByRole('button', { name: 'Events' }))
    expect(panel.session.view.text).toBe('is:error')
    const again = await open()
    fireEvent.click(within(again).getAllByRole('button', { name: 'mail.sent' })[1]!)
    expect(panel.session.view.selected).toBe(1)
    expect(panel.view).toBe('stream')
  })

  test('about slow handlers leads to the calls that took as long', async () => {
    const { shop, panel, fail } = world({ on: 'slow', threshold: 1, window: 60_000, slowerThan: 500 })
    let finish = (): void => {}
    shop.bus.subscribe('order.*', () => new Promise<void>((resolve) => (finish = resolve)))
    shop.bus.publish('order.paid', {})
    await shop.advance(700)
    finish()
    await fail(0)
    fireEvent.click(within(await open()).getByRole('button', { name: 'Events' }))
    expect(panel.session.view.text).toBe('dur>=700ms')
    expect(panel.session.view.matching().length).toBe(1)
  })

  test('go with the list, and come anew', async () => {
    const { shop, panel, fail } = world({ ...aboutLetters, window: 1_000 })
    await fail(2)
    await open()
    act(() => panel.session.clear())
    expect(screen.queryByRole('button', { name: /alert/ })).toBeNull()
    await shop.advance(2_000)
    await fail(2)
    expect(button().className).toContain('hb-alert')
  })
})
