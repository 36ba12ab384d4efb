// @vitest-environment happy-dom
import { type BusEvent, createBus, type PublishOptions } from '@heliobus/core'
import { createTestBus } from '@heliobus/testing'
import { act, fireEvent, screen, within } from '@testing-library/react'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { Recorder } from '../../src/model/recorder.ts'
import { Inspector } from '../../src/panel/inspector/inspector.tsx'
import { Session } from '../../src/panel/state/session.ts'
import { type Mounted, mountPanel } from './mount.tsx'
import { patience } from '../../../packages/testing/test/patience.ts'

let mounted: Mounted

function select(row: number | undefined): void {
  act(() => mounted.panel.session.view.select(row))
}

/** Publishes and selects. */
function look(topic: string, data: unknown, options?: PublishOptions): number {
  mounted.bus.publish(topic, data, options)
  const row = mounted.panel.session.recorder.rows.next - 1
  select(row)
  return row
}

/** Some tabs are loaded with the first look at them. */
async function show(tab: string): Promise<void> {
  act(() => mounted.panel.inspect(tab))
  await vi.waitFor(() => expect(screen.getByRole('tabpanel').childElementCount).toBeGreaterThan(0), patience)
}

const items = (): string[] => screen.queryAllByRole('listitem').map(({ textContent }) => textContent)

beforeEach(() => {
  mounted = mountPanel(<Inspector />, createBus({ source: 'shop', logger: { log: () => {} } }))
})

describe('what is selected', () => {
  test('nothing: it says how to select', () => {
    expect(screen.getByText('Select an event to look into it')).toBeTruthy()
  })

  test('an event: its topic, how it fares, when', () => {
    mounted.bus.subscribe('order.*', () => {}, { name: 'audit' })
    const row = look('order.paid', { total: 3 })
    expect(screen.getByRole('heading').textContent).toBe('order.paid')
    expect(screen.getByText('● handled')).toBeTruthy()
    const id = mounted.panel.session.recorder.rows.eventAt(row)!.id
    expect(screen.getByTitle(`Copy the id ${id}`).textContent).toBe(`#…${id.slice(-6)}`)
    expect(screen.getAllByRole('tab').map(({ textContent }) => textContent)).toEqual([
      'Explain',
      'Payload',
      'Handlers 1',
      'Meta',
      'Diff',
    ])
  })

  test('an event that newer ones pushed out of the list is said to be discarded; one that was let go is not', () => {
    const session = Session.ofBus(mounted.bus, () => 0, { capacity: 16 })
    act(() => mounted.panel.add(session))
    mounted.bus.publish('order.paid', {})
    select(0)
    for (let n = 0; n < 20; n++) mounted.bus.publish('order.created', {})
    mounted.frame()
    expect(screen.getByText('This event was discarded')).toBeTruthy()
    select(session.recorder.rows.next - 1)
    select(undefined)
    for (let n = 0; n < 20; n++) mounted.bus.publish('order.created', {})
    mounted.frame()
    expect(screen.getByText('Select an event to look into it')).toBeTruthy()
  })

  test('an event that has come over a bridge and is not on the bus yet is on its way', async () => {
    const event = { ...mounted.bus.publish('order.paid', {}), id: 'another' }
    const recorder = new Recorder()
    recorder.record({ type: 'received', event, at: 0, link: 'ws' })
    act(() => mounted.panel.add(Session.ofRecording('file', recorder, '')))
    select(0)
    expect(screen.getByText('◆ on its way')).toBeTruthy()
    await show('handlers')
    expect(screen.getByText('No handler has finished with it yet')).toBeTruthy()
    await show('meta')
    expect(screen.getByText('ws')).toBeTruthy()
  })

  test('previous and next go through the events of its type only', () => {
    const first = look('order.paid', { n: 1 })
    look('user.login', {})
    const last = look('order.paid', { n: 2 })
    fireEvent.click(screen.getByRole('button', { name: 'Previous order.paid' }))
    expect(mounted.panel.session.view.selected).toBe(first)
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Previous order.paid' }).disabled).toBe(true)
    fireEvent.click(screen.getByRole('button', { name: 'Next order.paid' }))
    expect(mounted.panel.session.view.selected).toBe(last)
  })

  test('the list can be filtered to its type, its flow, its source and its user', () => {
    const row = look('order.paid', {}, { userId: 'u-7' })
    const { correlationId } = mounted.panel.session.recorder.rows.eventAt(row)!
    const filters = ['This type', 'This flow (correlation)', 'Source shop', 'User u-7'].map((name) => {
      fireEvent.click(screen.getByRole('button', { name: 'Filter to what is like it' }))
      fireEvent.click(screen.getByRole('menuitem', { name }))
      return mounted.panel.session.view.text
    })
    expect(filters).toEqual(['topic:order.paid', `corr:${correlationId}`, 'source:shop', 'user:u-7'])
    expect(mounted.panel.session.view.parsed.faults).toEqual([])
  })

  test('what caused it and what it led to can be gone to', () => {
    const cause = mounted.bus.publish('user.login', {})
    const row = look('order.created', {}, { causationId: cause.id })
    const event = mounted.panel.session.recorder.rows.eventAt(row)!
    mounted.bus.publish('order.paid', {}, { causationId: event.id })
    mounted.frame()
    expect(screen.getByText(/caused by/).textContent).toBe('caused by user.login')
    expect(screen.getByText(/leads to/).textContent).toBe('→ leads to order.paid')
    fireEvent.click(screen.getByText('user'))
    expect(mounted.panel.session.view.selected).toBe(0)
  })

  test('the keyboard can be sent to the tree', () => {
    look('order.paid', { a: 1 })
    act(() => mounted.panel.go('inspector'))
    expect(document.activeElement?.getAttribute('role')).toBe('tree')
  })
})

describe('handlers', () => {
  test('each says how long it took, on one scale, and whether it failed, and why', async () => {
    const error = new Error('out of paper', { cause: new Error('no tray') })
    error.stack = 'Error: out of paper\n    at print (printer.ts:3:7)'
    const recorder = new Recorder()
    const event = mounted.bus.publish('order.paid', {})
    const of = (name: string): { subscription: { name: string } } => ({ subscription: { name } })
    const tell = (signal: object): void => recorder.record(signal as Parameters<Recorder['record']>[0])
    tell({ type: 'published', event, at: 0 })
    tell({ type: 'handled', event, ms: 5, ...of('audit') })
    tell({ type: 'failed', event, ms: 20, error, ...of('printer') })
    tell({ type: 'handled', event, ms: undefined, ...of('ledger') })
    act(() => mounted.panel.add(Session.ofRecording('file', recorder, '')))
    select(0)
    await show('handlers')
    expect(items().map((text) => text.replace(/Stack.*/s, ''))).toEqual([
      '●auditok5.0 ms',
      '✕printerfailed20.0 msError: out of paper',
      '●ledgeroknot timed',
    ])
    const bars = [...document.querySelectorAll<HTMLElement>('.hb-bar i')].map(({ style }) => style.width)
    expect(bars).toEqual(['25%', '100%'])
    expect(document.querySelector('details')!.open).toBe(false)
    expect(document.querySelector('pre')!.textContent).toContain('printer.ts:3:7')
    expect(screen.getByText('Error: no tray')).toBeTruthy()
  })

  test('the first 64 are shown, the others counted', async () => {
    for (let n = 0; n < 70; n++) mounted.bus.subscribe('order.*', () => {}, { name: `handler-${n}` })
    look('order.paid', {})
    await show('handlers')
    expect(items()).toHaveLength(64)
    expect(screen.getByText('64 calls kept of 70')).toBeTruthy()
    expect(screen.getByRole('tab', { name: 'Handlers 70' })).toBeTruthy()
  })

  test('none: it says so, and which subscriptions came near', async () => {
    mounted.bus.subscribe('order.created', () => {}, { name: 'audit' })
    mounted.bus.subscribe('user.*', () => {}, { name: 'profile' })
    look('order.paid', {})
    await show('handlers')
    expect(screen.getByText(/No handler took it/)).toBeTruthy()
    expect(items()).toEqual(['audit order.created'])
  })

  test('one that finishes later appears with the next frame; until then nothing was heard of it', async () => {
    let finish = (): void => {}
    const work = new Promise<void>((resolve) => (finish = resolve))
    mounted.bus.subscribe('order.*', () => work, { name: 'slow' })
    look('order.paid', {})
    await show('handlers')
    expect(items()).toEqual([])
    expect(screen.getByText(/Nothing heard of/).textContent).toContain('slow')
    finish()
    await vi.waitFor(() => expect(mounted.panel.session.recorder.rows.handled[0]).toBe(1), patience)
    mounted.frame()
    expect(items()[0]).toContain('slow')
    expect(screen.queryByText(/Nothing heard of/)).toBeNull()
  })

  test('what was thrown may be anything', async () => {
    const hostile = new Proxy(
      {},
      {
        getPrototypeOf: () => {
          throw new Error('no')
        },
        get: () => {
          throw new Error('no')
        },
      },
    )
    for (const [name, thrown] of [
      ['text', 'just text'],
      ['nothing', undefined],
      ['object', { code: 7 }],
      ['proxy', hostile],
    ] as const)
      mounted.bus.subscribe(
        'order.*',
        () => {
          throw thrown
        },
        { name },
      )
    look('order.paid', {})
    await show('handlers')
    const [text, nothing, object] = items()
    expect(text).toContain('just text')
    expect(nothing).toContain('undefined')
    expect(object).toContain('"code": 7')
    expect(items()).toHaveLength(4)
  })
})

describe('a handler that is called again', () => {
  const shop = createTestBus({ source: 'shop', logger: { log: () => {} } })
  let works = false
  shop.bus.subscribe(
    'order.*',
    () => {
      if (!works) throw new Error('no paper')
    },
    { name: 'printer', retry: { attempts: 2, delay: () => 2_500 } },
  )

  test('every call is told, what is to come, and that it was given up', async () => {
    const session = Session.ofBus(shop.bus, () => shop.clock.now())
    act(() => mounted.panel.add(session))
    shop.bus.publish('order.paid', {})
    select(0)
    await show('handlers')
    await shop.advance(500)
    mounted.frame()
    expect(screen.getByText('↻ retries in 2.0 s')).toBeTruthy()
    expect(screen.getByText('↻ waits for a retry')).toBeTruthy()
    expect(items()).toHaveLength(1)

    await shop.advance(2_000)
    mounted.frame()
    const steps = (): (string | undefined)[] =>
      items()
        .slice(1)
        .map((text) => /^[^+]*/.exec(text)?.[0])
    expect(steps()).toEqual([
      'Call 1 failed after 0 ms',
      'Call 2 failed after 0 ms',
      'Given up: a dead letter',
    ])
    expect(screen.getAllByText('Error: no paper')).toHaveLength(2)
    expect(screen.getByText('▣ a dead letter')).toBeTruthy()

    works = true
    const [letter] = shop.bus.deadLetters.list()
    await shop.bus.deadLetters.redrive(letter!.id)
    mounted.frame()
    expect(steps().slice(3)).toEqual(['Redriven', 'Call 1 succeeded after 0 ms'])
    expect(screen.getByText('↻ handled after a retry')).toBeTruthy()
  })

  test('an event that was given up for another reason says which', async () => {
    const event = mounted.bus.publish('order.paid', {})
    const recorder = new Recorder()
    const letter = { id: '1', event, handler: 'slow', patterns: [], attempts: [], at: 0 }
    recorder.record({ type: 'published', event, at: 0 })
    recorder.record({
      type: 'buried',
      letter: { ...letter, kind: 'overflow', error: new Error('full') },
      at: 1,
    })
    act(() => mounted.panel.add(Session.ofRecording('file', recorder, '')))
    select(0)
    await show('handlers')
    expect(screen.getByText('Given up: too many events waited for it')).toBeTruthy()
    expect(screen.getByText('Error: full')).toBeTruthy()
  })
})

describe('meta', () => {
  const fields = (): Record<string, string> =>
    Object.fromEntries(
      screen.getAllByRole('term').map((term) => [term.textContent, term.nextElementSibling!.textContent]),
    )

  test('every field of the envelope, what is missing as a dash', async () => {
    const row = look('order.paid', { a: 1 }, { subject: 's-1', userId: 'u-7', traceparent: '00-0a-0b-01' })
    const event: BusEvent = mounted.panel.session.recorder.rows.eventAt(row)!
    await show('meta')
    expect(fields()).toMatchObject({
      id: event.id,
      type: 'order.paid',
      source: 'shop',
      subject: 's-1',
      userId: 'u-7',
      key: 's-1',
      version: '1',
      correlationId: event.id,
      causationId: '–',
      traceparent: '00-0a-0b-01',
      hops: '0',
      via: '–',
    })
    expect(fields()['time']).toContain(new Date(event.time).toISOString())
    expect(fields()['size']).toBe('8 B estimated, as JSON')
  })

  test('the cause can be selected while it is recorded, and is said to be missing when not', async () => {
    const cause = mounted.bus.publish('user.login', {})
    look('order.paid', {}, { causationId: cause.id })
    await show('meta')
    fireEvent.click(screen.getByTitle('Select the cause'))
    expect(mounted.panel.session.view.selected).toBe(0)
    look('order.paid', {}, { causationId: 'gone' })
    expect(fields()['causationId']).toBe('gone not recorded, or discarded')
  })
})

describe('diff', () => {
  test('what was added, removed and changed, by path', async () => {
    mounted.bus.publish('order.paid', { total: 1, coupon: 'x', items: [{ sku: 'a' }] })
    mounted.bus.publish('user.login', {})
    look('order.paid', { total: 2, items: [{ sku: 'b' }], extra: true })
    await show('diff')
    expect(items()).toEqual([
      '≠data.total changed1 → 2',
      '−data.coupon removed"x"',
      '≠data.items[0].sku changed"a" → "b"',
      '+data.extra addedtrue',
    ])
  })

  test('nothing differs; first of its type; a bound that was met', async () => {
    look('order.paid', { total: 1 })
    await show('diff')
    expect(screen.getByText('There is no earlier order.paid to compare with')).toBeTruthy()
    look('order.paid', { total: 1 })
    expect(screen.getByText('Nothing differs')).toBeTruthy()
    look('order.paid', Object.fromEntries(Array.from({ length: 600 }, (_, n) => [`k${n}`, n])))
    expect(items()).toHaveLength(500)
    expect(screen.getByText(/There may be more/)).toBeTruthy()
  })
})

describe('copying', () => {
  const choose = async (name: string): Promise<void> => {
    fireEvent.click(screen.getByRole('button', { name: 'Copy' }))
    await act(async () => fireEvent.click(screen.getByRole('menuitem', { name })))
  }

  test('event, payload and id go to the clipboard, and it says so', async () => {
    const copied: string[] = []
    vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(async (text) => void copied.push(text))
    const ring: Record<string, unknown> = { total: 1 }
    ring['self'] = ring
    const row = look('order.paid', ring)
    const { id } = mounted.panel.session.recorder.rows.eventAt(row)!
    await choose('Id')
    await choose('Payload as JSON')
    await choose('Event as JSON')
    expect(copied[0]).toBe(id)
    expect(JSON.parse(copied[1]!)).toEqual({ total: 1, self: '(contains itself)' })
    expect(JSON.parse(copied[2]!)).toMatchObject({ id, type: 'order.paid', data: { total: 1 } })
    expect(screen.getByText('Copied the event')).toBeTruthy()
  })

  test('where the page may not, the text is there to be copied by hand', async () => {
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('denied'))
    look('order.paid', { total: 1 })
    await choose('Payload as JSON')
    const field = screen.getByRole<HTMLTextAreaElement>('textbox', { name: /may not copy/ })
    expect(field.value).toBe('{\n  "total": 1\n}')
    expect(document.activeElement).toBe(field)
    fireEvent.click(within(field.closest('div')!).getByRole('button', { name: 'Close' }))
    expect(screen.queryByRole('textbox', { name: /may not copy/ })).toBeNull()
  })
})
