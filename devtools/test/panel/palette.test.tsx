// @vitest-environment happy-dom
import { createBus } from '@heliobus/core'
import { act, fireEvent, screen } from '@testing-library/react'
import { useCallback, type ReactNode } from 'react'
import { describe, expect, test } from 'vitest'
import { parseFilter } from '../../src/model.ts'
import { keyLabel } from '../../src/panel/look/key-label.ts'
import { Help } from '../../src/panel/palette/help.tsx'
import { examples } from '../../src/panel/palette/help-texts.ts'
import { matchText } from '../../src/panel/palette/match.ts'
import { Palette } from '../../src/panel/palette/palette.tsx'
import { Session } from '../../src/panel/state/session.ts'
import { usePanelState, usePlace } from '../../src/panel/use-panel.ts'
import { type Mounted, mountPanel } from './mount.tsx'

/** What stands under the overlays: a button that had the focus, and a filter that takes it. */
function Stage(): ReactNode {
  const overlay = usePanelState((panel) => panel.overlay)
  usePlace(
    'filter',
    useCallback(() => document.querySelector<HTMLElement>('[data-filter]')!.focus(), []),
  )
  return (
    <>
      <button type="button">before</button>
      <input data-filter="" aria-label="the filter" />
      {overlay === 'palette' && <Palette />}
      {overlay === 'help' && <Help />}
    </>
  )
}

function openPalette(): Mounted {
  const mounted = mountPanel(<Stage />, createBus({ source: 'shop', logger: { log: () => {} } }))
  screen.getByText('before').focus()
  act(() => mounted.panel.open('palette'))
  return mounted
}

const field = (): HTMLInputElement => screen.getByRole('combobox')
const type = (value: string): void => void fireEvent.change(field(), { target: { value } })
const press = (key: string, more: object = {}): void =>
  void fireEvent.keyDown(document.activeElement!, { key, ...more })
const options = (): string[] =>
  [...document.querySelectorAll('[role=option] .hb-cut')].map(({ textContent }) => textContent)
const active = (): string => document.querySelector('[role=option][aria-selected=true] .hb-cut')!.textContent

describe('the palette', () => {
  test('lists every command with its key, in groups, and marks what is on', () => {
    openPalette()
    expect(options().slice(0, 2)).toEqual(['Pause the list', 'Clear the list'])
    expect([...document.querySelectorAll('.hb-palette-group')].map(({ textContent }) => textContent)).toEqual(
      ['Events', 'View', 'Panel'],
    )
    const pause = screen.getByRole('option', { name: /Pause the list/ })
    expect(pause.querySelector('kbd')!.textContent).toBe('Space')
    expect(screen.getByRole('option', { name: /Theme: system/ }).textContent).toBe('Theme: systemon')
  })

  test('finds by letters with gaps and marks them', () => {
    openPalette()
    type('thdk')
    expect(options()).toEqual(['Theme: dark'])
    expect([...document.querySelectorAll('mark')].map(({ textContent }) => textContent).join('|')).toBe(
      'Th|d|k',
    )
  })

  test('Enter runs the active one, closes, and the focus is where it was', () => {
    const { panel } = openPalette()
    type('theme')
    expect(active()).toBe('Theme: dark')
    press('ArrowDown')
    expect(active()).toBe('Theme: light')
    expect(field().getAttribute('aria-activedescendant')).toBe(
      document.querySelector('[role=option][aria-selected=true]')!.id,
    )
    press('ArrowUp')
    press('ArrowUp')
    expect(active()).toBe('Theme: system')
    press('ArrowDown')
    press('Enter')
    expect(panel.settings.get().theme).toBe('dark')
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(document.activeElement).toBe(screen.getByText('before'))
  })

  test('Escape and a press beside it close it; the focus is where it was', () => {
    const { panel } = openPalette()
    press('Escape')
    expect(panel.overlay).toBeUndefined()
    expect(document.activeElement).toBe(screen.getByText('before'))
    act(() => panel.open('palette'))
    fireEvent.pointerDown(screen.getByRole('dialog'))
    expect(panel.overlay).toBe('palette')
    fireEvent.pointerDown(document.querySelector('.hb-over')!)
    expect(panel.overlay).toBeUndefined()
  })

  test('a command that takes the focus keeps it; one that opens another overlay leads there and back', () => {
    const { panel } = openPalette()
    type('filter')
    expect(active()).toBe('Filter')
    press('Enter')
    expect(document.activeElement).toBe(screen.getByLabelText('the filter'))
    screen.getByText('before').focus()
    act(() => panel.open('palette'))
    type('keys and')
    press('Enter')
    expect(screen.getByRole('dialog').getAttribute('aria-label')).toBe('Keys and filters')
    press('Escape')
    expect(document.activeElement).toBe(screen.getByText('before'))
  })

  test('Tab stays inside', () => {
    openPalette()
    press('Tab')
    expect(document.activeElement).toBe(field())
    press('Tab', { shiftKey: true })
    expect(document.activeElement).toBe(field())
  })

  test('topics that were met can be filtered to', () => {
    const { panel, bus } = openPalette()
    bus.publish('order.created', {})
    bus.publish('order.paid', {})
    expect(options().some((title) => title.includes('order'))).toBe(false)
    type('order.p')
    expect(options()).toEqual(['Filter to order.paid'])
    press('Enter')
    expect(panel.session.view.text).toBe('topic:order.paid')
  })

  test('other buses and recordings can be looked at', () => {
    const { panel } = openPalette()
    const stock = Session.ofBus(createBus({ source: 'stock' }), () => 0)
    act(() => panel.add(stock))
    type('look at')
    expect(options()).toEqual(['Look at shop'])
    press('Enter')
    expect(panel.session.name).toBe('shop')
  })

  test('says when nothing fits, and how many more there are', () => {
    const { bus } = openPalette()
    for (let n = 0; n < 150; n++) bus.publish(`load.t${n}`, {})
    type('load.')
    expect(options()).toHaveLength(100)
    expect(screen.getByText('50 more: type on')).toBeTruthy()
    type('qqqq')
    expect(screen.getByText('Nothing is called “qqqq”')).toBeTruthy()
    press('Enter')
    expect(screen.getByRole('dialog')).toBeTruthy()
  })
})

describe('the match', () => {
  test.each([
    ['oc', 'order.created', [0, 6]],
    ['created', 'order.created', [6, 7, 8, 9, 10, 11, 12]],
    ['o c', 'order.created', [0, 6]],
    ['', 'anything', []],
  ])('%j in %j', (query, text, marks) => {
    expect(matchText(query, text)?.marks).toEqual(marks)
  })

  test('letters in another order, or missing, are no match', () => {
    expect(matchText('co', 'order.paid')).toBeUndefined()
    expect(matchText('paidd', 'order.paid')).toBeUndefined()
  })

  test('a word that begins so is better than letters somewhere', () => {
    const score = (text: string): number => matchText('paid', text)!.score
    expect(score('order.paid')).toBeGreaterThan(score('unpaid'))
    expect(score('unpaid')).toBeGreaterThan(score('p a i d'.replaceAll(' ', 'xx')))
  })
})

describe('help', () => {
  test('every example is a filter without fault, and can be used', () => {
    expect(examples.flatMap(({ filter }) => parseFilter(filter).faults)).toEqual([])
    const { panel } = mountPanel(<Stage />)
    act(() => panel.open('help'))
    fireEvent.click(screen.getByRole('button', { name: /topic:\*\*\.failed/ }))
    expect(panel.session.view.text).toBe('topic:**.failed')
    expect(panel.overlay).toBeUndefined()
  })

  test('shows all keys', () => {
    const { panel } = mountPanel(<Stage />)
    act(() => panel.open('help'))
    const keys = [...document.querySelectorAll('dt')].map((term) =>
      [...term.querySelectorAll('kbd')].map(({ textContent }) => textContent).join(' '),
    )
    expect(keys).toEqual(
      expect.arrayContaining(['Space', '/', '1', 'F', 'I', 'T', 'Ctrl K', '?', '↑ ↓', 'Esc']),
    )
  })
})

test.each([
  ['mod+k', true, '⌘K'],
  ['mod+k', false, 'Ctrl K'],
  [' ', false, 'Space'],
  ['?', true, '?'],
  ['ArrowUp', false, '↑'],
  ['Escape', false, 'Esc'],
  ['Home', false, 'Home'],
])('the key %j on a keyboard of Apple: %j is labelled %j', (key, apple, label) => {
  expect(keyLabel(key, apple)).toBe(label)
})
