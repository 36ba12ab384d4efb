// @vitest-environment happy-dom
import { createTestBus, type TestBus } from '@heliobus/testing'
import { act, fireEvent, screen, within } from '@testing-library/react'
import axe from 'axe-core'
import { beforeEach, describe, expect, test } from 'vitest'
import { Recorder } from '../../src/model/recorder.ts'
import { DeadLettersView } from '../../src/panel/dead-letters/dead-letters-view.tsx'
import { Session } from '../../src/panel/state/session.ts'
import { type Mounted, mountPanel } from './mount.tsx'

let shop: TestBus
let mounted: Mounted
/** Handlers that do their work. */
let works: Set<string>

function subscribe(
  name: string,
  pattern: string,
  message = `${name} is out of order`,
): { unsubscribe(): void } {
  return shop.bus.subscribe(
    pattern,
    () => {
      if (!works.has(name)) throw new Error(message)
    },
    { name, retry: { attempts: 2, delay: () => 100 } },
  )
}

/** Publishes, and waits until handlers have given up. */
async function publish(topic: string, ...payloads: readonly unknown[]): Promise<void> {
  await act(async () => {
    for (const data of payloads) {
      shop.bus.publish(topic, data)
      await shop.advance(200)
    }
  })
  mounted.frame()
}

async function settle(): Promise<void> {
  await act(async () => shop.advance(500))
  mounted.frame()
}

const tree = (): HTMLElement => screen.getByRole('tree', { name: 'Dead letters' })
const lines = (): (string | null)[] =>
  within(tree())
    .getAllByRole('treeitem')
    .map(({ textContent }) => textContent.replaceAll(/\d\d:\d\d:\d\d\.\d{3}/g, ''))
const chosen = (): string => within(tree()).getByRole('treeitem', { selected: true }).textContent
const detail = (): HTMLElement => screen.getByRole('region', { name: 'What is chosen' })
const press = (key: string): boolean => fireEvent.keyDown(tree(), { key })
const click = async (name: string | RegExp): Promise<void> =>
  act(async () => void fireEvent.click(screen.getByRole('button', { name })))

beforeEach(() => {
  works = new Set()
  shop = createTestBus({ source: 'shop', logger: { log: () => {} }, alerts: [] })
  mounted = mountPanel(<DeadLettersView />, shop.bus)
})

describe('the list', () => {
  test('none: it says what they are', () => {
    expect(screen.getByText('No dead letters')).toBeTruthy()
  })

  test('those that are alike are one group, the newest group first; their letters unfold', async () => {
    subscribe('postman', 'mail.*', 'no service for ada.7@example.org')
    subscribe('printer', 'order.*')
    await publish('mail.sent', { to: 'ada' }, { to: 'bob' })
    await publish('order.paid', { total: 3 })
    expect(lines()).toEqual([
      '▣Error: printer is out of order1 lettersorder.paid→ printer',
      '▣Error: no service for ada.7@example.org2 lettersmail.sent→ postman',
    ])
    expect(screen.getByText('3 letters, 2 reasons')).toBeTruthy()
    press('ArrowDown')
    press('ArrowRight')
    expect(lines().slice(2)).toEqual(['▣{to: "bob"}2 attempts', '▣{to: "ada"}2 attempts'])
    press('ArrowLeft')
    expect(lines()).toHaveLength(2)
  })

  test('a search narrows it, says so, and can be cleared', async () => {
    subscribe('postman', 'mail.*')
    subscribe('printer', 'order.*')
    await publish('mail.sent', {})
    await publish('order.paid', {})
    const field = screen.getByRole('textbox', { name: 'Search the dead letters' })
    fireEvent.change(field, { target: { value: 'printer' } })
    expect(lines()).toHaveLength(1)
    expect(screen.getByText('1 of 2 letters, 1 reason')).toBeTruthy()
    fireEvent.change(field, { target: { value: 'nobody' } })
    expect(screen.getByText('None of 2 dead letters fits')).toBeTruthy()
    await click('Clear the search')
    expect(lines()).toHaveLength(2)
  })

  test('is clean by the rules of accessibility', async () => {
    subscribe('postman', 'mail.*')
    await publish('mail.sent', { to: 'ada' }, { to: 'bob' })
    press('ArrowRight')
    press('ArrowDown')
    const { violations } = await axe.run(mounted.container, {
      rules: { 'color-contrast': { enabled: false } },
    })
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
  })
})

describe('a letter', () => {
  test('shows its payload and every attempt with error and time', async () => {
    subscribe('postman', 'mail.*', 'no service')
    await publish('mail.sent', { to: 'ada', lines: [1, 2] })
    const items = within(detail())
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent)
    expect(items).toHaveLength(2)
    expect(items[0]).toMatch(/^Call 1 failed after 0 ms.*Error: no service/)
    expect(items[1]).toMatch(/^Call 2 failed after 0 ms100 ms later.*Error: no service/)
    expect(within(detail()).getByRole('tree', { name: 'Payload' }).textContent).toContain('to: "ada"')
    await settle()
    expect(within(detail()).getByText('It would go to postman')).toBeTruthy()
  })

  test('redriven and handled, it is gone, and that is said; only its handler ran', async () => {
    subscribe('postman', 'mail.*')
    let others = 0
    shop.bus.subscribe('mail.*', () => void others++, { name: 'audit' })
    await publish('mail.sent', {})
    works.add('postman')
    await click('Redrive')
    await settle()
    expect(screen.getByText('Redriven: 1 handled')).toBeTruthy()
    expect(screen.getByText('No longer among the dead letters')).toBeTruthy()
    expect(shop.bus.deadLetters.size).toBe(0)
    expect(others).toBe(1)
  })

  test('redriven and failed again, it is back with the new attempts', async () => {
    subscribe('postman', 'mail.*')
    await publish('mail.sent', {})
    await click('Redrive')
    mounted.frame()
    expect(screen.getByText('↻ With the handler now')).toBeTruthy()
    expect(screen.getByText('Redriving: 1 under way')).toBeTruthy()
    await settle()
    expect(screen.getByText('Redriven: 1 failed again')).toBeTruthy()
    expect(within(detail()).getByText(/^Redriven at .*: failed again$/)).toBeTruthy()
    expect(within(detail()).getByText('4 attempts')).toBeTruthy()
  })

  test('whose handler is gone says so, and stays', async () => {
    const subscription = subscribe('postman', 'mail.*')
    await publish('mail.sent', {})
    subscription.unsubscribe()
    await settle()
    mounted.frame(3_000)
    await settle()
    expect(within(detail()).getByText('It has no handler any more')).toBeTruthy()
    await click('Redrive')
    await settle()
    expect(screen.getByText('Redriven: 1 without a handler, still here')).toBeTruthy()
    expect(lines()).toHaveLength(1)
  })

  test('leads to its event, while that is in the list', async () => {
    subscribe('postman', 'mail.*')
    await publish('mail.sent', {})
    await click('Show the event')
    expect(mounted.panel.view).toBe('stream')
    expect(mounted.panel.session.view.selected).toBe(0)
    act(() => mounted.panel.session.clear())
    mounted.frame()
    expect(screen.queryByRole('button', { name: 'Show the event' })).toBeNull()
  })

  test('that nobody handles says so, and would go to whoever takes it', async () => {
    shop = createTestBus({ source: 'strict', strict: true, logger: { log: () => {} } })
    act(() => mounted.panel.add(Session.ofBus(shop.bus, () => 0)))
    await publish('moon.rose', {})
    expect(chosen()).toContain('Nobody handles it')
    await settle()
    expect(within(detail()).getByText('It would go to whoever takes it now')).toBeTruthy()
    let taken = 0
    shop.bus.subscribe('moon.*', () => void taken++)
    await click('Redrive')
    await settle()
    expect(taken).toBe(1)
    expect(screen.getByText('Redriven: 1 handled')).toBeTruthy()
  })
})

describe('many letters', () => {
  test('a group is redriven at once', async () => {
    subscribe('postman', 'mail.*')
    subscribe('printer', 'order.*')
    await publish('order.paid', {})
    await publish('mail.sent', {}, {}, {})
    works.add('postman')
    await click('Redrive 3')
    await settle()
    expect(screen.getByText('Redriven: 3 handled')).toBeTruthy()
    expect(lines()).toEqual(['▣Error: printer is out of order1 lettersorder.paid→ printer'])
  })

  test('all that were found are redriven after it was said where they would go', async () => {
    subscribe('postman', 'mail.*')
    const printer = subscribe('printer', 'order.*')
    await publish('mail.sent', {}, {})
    await publish('order.paid', {})
    printer.unsubscribe()
    works.add('postman')
    await click('Redrive all…')
    await settle()
    expect(screen.getByText('2 would go to postman · 1 has no handler any more')).toBeTruthy()
    expect(shop.bus.deadLetters.size).toBe(3)
    fireEvent.click(
      within(screen.getByText(/2 would go/).parentElement!).getByRole('button', { name: 'Redrive 3' }),
    )
    await settle()
    expect(screen.getByText('Redriven: 1 without a handler, still here, 2 handled')).toBeTruthy()
    expect(shop.bus.deadLetters.size).toBe(1)
  })

  test('what was redriven elsewhere meanwhile is said to be gone', async () => {
    subscribe('postman', 'mail.*')
    await publish('mail.sent', {})
    const button = screen.getByRole('button', { name: 'Redrive' })
    shop.bus.deadLetters.discard({})
    await act(async () => void fireEvent.click(button))
    await settle()
    expect(screen.getByText('Redriven: 1 gone already')).toBeTruthy()
    expect(screen.getByText('No dead letters are left')).toBeTruthy()
  })
})

describe('discarding', () => {
  beforeEach(async () => {
    subscribe('postman', 'mail.*')
    await publish('mail.sent', {}, {})
  })

  test('takes a second press, which Escape and looking elsewhere take back', () => {
    press('Delete')
    expect(screen.getByText('Press again: discard 2')).toBeTruthy()
    press('Escape')
    expect(screen.queryByText(/Press again/)).toBeNull()
    press('Delete')
    press('ArrowRight')
    press('Delete')
    expect(shop.bus.deadLetters.size).toBe(2)
    fireEvent.keyDown(tree(), { key: 'Delete', repeat: true })
    expect(shop.bus.deadLetters.size).toBe(2)
    press('Delete')
    expect(shop.bus.deadLetters.size).toBe(0)
    expect(screen.getByText('Discarded 2 letters')).toBeTruthy()
  })

  test('of one letter leaves the others', async () => {
    press('ArrowRight')
    press('ArrowDown')
    await click('Discard')
    await click('Press again: discard 1')
    expect(shop.bus.deadLetters.size).toBe(1)
    expect(screen.getByText('Discarded 1 letter')).toBeTruthy()
  })

  test('the keys go on from where the letter stood', () => {
    press('ArrowRight')
    press('ArrowDown')
    press('Delete')
    press('Delete')
    press('ArrowUp')
    expect(chosen()).toContain('postman is out of order')
  })
})

describe('without dead letters to work on', () => {
  test('a recording says that it has none, and leads to what was given up', () => {
    const recorder = new Recorder()
    const event = shop.bus.publish('mail.sent', {})
    const letter = { id: '1', event, handler: 'postman', patterns: [], attempts: [], at: 0, error: undefined }
    recorder.record({ type: 'published', event, at: 0 })
    recorder.record({ type: 'buried', letter: { ...letter, kind: 'failed' }, at: 1 })
    act(() => mounted.panel.add(Session.ofRecording('file', recorder, '')))
    expect(screen.getByText('A recording has no dead letters')).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Show it' }))
    expect(mounted.panel.view).toBe('stream')
    expect(mounted.panel.session.view.text).toBe('is:dead')
  })

  test('a bus that does not hand them out says so', () => {
    const { source, tap$ } = shop.bus
    const bare = Session.ofBus({ source, tap$, subscriptions: () => [] }, () => 0)
    act(() => mounted.panel.add(bare))
    expect(screen.getByText('This bus keeps its dead letters to itself')).toBeTruthy()
  })
})
