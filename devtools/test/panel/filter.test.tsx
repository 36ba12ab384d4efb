// @vitest-environment happy-dom
import { createBus } from '@heliobus/core'
import { act, fireEvent, screen } from '@testing-library/react'
import { beforeEach, describe, expect, test } from 'vitest'
import { FilterBar } from '../../src/panel/filter/filter-bar.tsx'
import { type Mounted, mountPanel } from './mount.tsx'

let mounted: Mounted

beforeEach(() => {
  mounted = mountPanel(
    <FilterBar />,
    createBus({ source: 'shop', logger: { log: () => {} }, development: false }),
  )
  for (let n = 0; n < 30; n++) mounted.bus.publish(n % 3 === 0 ? 'order.paid' : 'order.created', { n })
  mounted.frame()
})

const field = (): HTMLInputElement => screen.getByRole('combobox', { name: 'Filter' })
const view = (): Mounted['panel']['session']['view'] => mounted.panel.session.view
const type = (text: string): void => {
  act(() => field().focus())
  fireEvent.change(field(), { target: { value: text } })
}
const press = (...keys: string[]): void => keys.forEach((key) => fireEvent.keyDown(field(), { key }))
const options = (): string[] => screen.queryAllByRole('option').map(({ textContent }) => textContent)
const chosen = (): string | undefined =>
  screen.queryAllByRole('option').find((option) => option.getAttribute('aria-selected') === 'true')
    ?.textContent
const pieces = (): string[] =>
  [...document.querySelectorAll('.hb-filter-text [data-piece]')]
    .filter(({ textContent }) => textContent.trim() !== '')
    .map((piece) => `${piece.getAttribute('data-piece')} ${piece.textContent}`)
const underlined = (): string =>
  [...document.querySelectorAll('.hb-filter-text [data-faulty]')]
    .map(({ textContent }) => textContent)
    .join('')

describe('a filter', () => {
  test('applies as it is typed, and says how much it lets through', () => {
    type('topic:order.paid')
    mounted.frame()
    expect(view().matching().length).toBe(10)
    expect(screen.getByText('10 of 30')).toBeDefined()
    fireEvent.click(screen.getByRole('button', { name: 'Clear the filter' }))
    mounted.frame()
    expect(field().value).toBe('')
    expect(screen.queryByText(/ of 30/)).toBeNull()
  })

  test('that takes long says how far it is, and goes on by itself', () => {
    for (let n = 0; n < 2_000; n++) mounted.bus.publish('order.sent', { n })
    mounted.search.pace = 1
    type('topic:order.sent')
    mounted.frame()
    expect(document.querySelector('.hb-filter-count')!.textContent).toMatch(/ of 2,030 · \d+ %$/)
    for (let frame = 0; view().working && frame < 200; frame++) mounted.frame(100)
    mounted.frame()
    expect(screen.getByText('2,000 of 2,030')).toBeDefined()
  })

  test('that is set elsewhere stands in the field', () => {
    act(() => view().setFilter('is:error'))
    expect(field().value).toBe('is:error')
  })

  test('is coloured by what it means, and no sign of it is lost', () => {
    const text = '  topic:order.*  -is:error | (dur>20ms data.total>=5 "a b" /x+/ word)'
    type(text)
    expect(document.querySelector('.hb-filter-text')!.textContent).toBe(text)
    expect(pieces()).toEqual([
      'field topic:',
      'value order.*',
      'sign -',
      'field is:',
      'value error',
      'sign |',
      'sign (',
      'field dur>',
      'value 20ms',
      'field data.total>=',
      'value 5',
      'text "a b"',
      'regex /x+/',
      'text word',
      'sign )',
    ])
  })

  test('of which a clause makes no sense underlines it, says why, and applies the rest', () => {
    type('topic:order.paid is:sad ')
    mounted.frame()
    expect(underlined()).toBe('is:sad')
    expect(field().getAttribute('aria-invalid')).toBe('true')
    expect(document.getElementById(field().getAttribute('aria-describedby')!)!.textContent).toContain(
      'is:sad"is:" knows ok, error',
    )
    expect(screen.getByText('10 of 30')).toBeDefined()
    type('topic:order.paid is:ok ')
    expect(underlined()).toBe('')
    expect(field().getAttribute('aria-describedby')).toBeNull()
  })

  test('stays text, whatever is in it', () => {
    type('"<img src=x onerror=alert(1)>" user:<b>')
    expect(document.querySelector('.hb-filter img, .hb-filter b')).toBeNull()
  })
})

describe('completion', () => {
  test('offers fields, then values with their counts; arrows choose and Enter takes', () => {
    type('to')
    expect(options()).toEqual(['topic:'])
    press('ArrowDown', 'Enter')
    expect(field().value).toBe('topic:')
    expect(options()).toEqual(['topic:order.created20', 'topic:order.paid10'])
    press('ArrowDown', 'ArrowDown')
    expect(chosen()).toBe('topic:order.paid10')
    expect(field().getAttribute('aria-activedescendant')).toBe(screen.getAllByRole('option')[1]!.id)
    press('Enter')
    expect(field().value).toBe('topic:order.paid ')
    expect(options()).toEqual([])
    expect(field().selectionStart).toBe('topic:order.paid '.length)
  })

  test('leaves what is typed alone until an option is chosen', () => {
    type('da')
    expect(options()).toEqual(['data.'])
    press('Enter')
    expect([field().value, options()]).toEqual(['da', []])
  })

  test('Tab takes the first, and goes on through the page when nothing is offered', () => {
    type('is:un')
    press('Tab')
    expect(field().value).toBe('is:unhandled ')
    expect(fireEvent.keyDown(field(), { key: 'Tab' })).toBe(true) // not prevented
  })

  test('takes the place of the word at the cursor only', () => {
    type('-topic:o is:ok')
    field().setSelectionRange(8, 8)
    press('ArrowDown', 'ArrowDown', 'Enter')
    expect(field().value).toBe('-topic:order.created is:ok')
    expect(field().selectionStart).toBe('-topic:order.created'.length)
  })

  test('by pointer', () => {
    type('topic:')
    fireEvent.click(screen.getAllByRole('option')[0]!)
    expect(field().value).toBe('topic:order.created ')
  })

  test('goes round, with nothing chosen in between', () => {
    type('topic:')
    press('ArrowUp')
    expect(chosen()).toBe('topic:order.paid10')
    press('ArrowDown')
    expect(chosen()).toBeUndefined()
    press('ArrowDown')
    expect(chosen()).toBe('topic:order.created20')
  })

  test('Escape closes it, then leaves the field for the list', () => {
    let sent = 0
    mounted.panel.place('list', () => sent++)
    type('topic:')
    press('Escape')
    expect([options().length, document.activeElement === field(), sent]).toEqual([0, true, 0])
    press('Escape')
    expect([document.activeElement === field(), sent, field().value]).toEqual([false, 1, 'topic:'])
  })

  test('ArrowUp in an empty field brings back the last filters', () => {
    for (const text of ['is:error ', 'topic:order.* ', 'is:error ']) {
      type(text)
      press('Enter')
    }
    type('')
    press('ArrowUp')
    expect(options()).toEqual(['is:error', 'topic:order.*'])
    press('ArrowDown', 'ArrowDown', 'Enter')
    expect(field().value).toBe('topic:order.*')
  })
})

test('the keyboard can be sent to the field, which is selected whole', () => {
  act(() => view().setFilter('is:error'))
  act(() => mounted.panel.go('filter'))
  expect(document.activeElement).toBe(field())
  expect([field().selectionStart, field().selectionEnd]).toEqual([0, 8])
})
