// @vitest-environment happy-dom
import { createTestBus, type TestBus } from '@heliobus/testing'
import { act, fireEvent, screen, within } from '@testing-library/react'
import axe from 'axe-core'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { Recorder } from '../../src/model/recorder.ts'
import { deskOf } from '../../src/panel/dead-letters/desk.ts'
import { Inspector } from '../../src/panel/inspector/inspector.tsx'
import { Session } from '../../src/panel/state/session.ts'
import { type Mounted, mountPanel } from './mount.tsx'
import { patience } from '../../../packages/testing/test/patience.ts'

let shop: TestBus
let mounted: Mounted

const told = (): (string | null)[] =>
  within(screen.getByRole('list', { name: 'What became of it' }))
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent)

async function look(row: number): Promise<void> {
  act(() => {
    mounted.panel.session.view.select(row)
    mounted.panel.inspect('explain')
  })
  await vi.waitFor(
    () => expect(screen.getByRole('list', { name: 'What became of it' })).toBeTruthy(),
    patience,
  )
}

async function publish(topic: string, ms = 0): Promise<void> {
  await act(async () => {
    shop.bus.publish(topic, {}, { userId: 'ada' })
    await shop.advance(ms)
  })
}

function failing(name: string, attempts = 2): void {
  shop.bus.subscribe(
    'mail.*',
    () => {
      throw new Error('no service')
    },
    { name, retry: { attempts, delay: () => 1_500 } },
  )
}

beforeEach(() => {
  shop = createTestBus({ source: 'shop', logger: { log: () => {} }, alerts: [] })
  mounted = mountPanel(<Inspector />, shop.bus)
  act(() => mounted.panel.add(Session.ofBus(shop.bus, () => shop.clock.now())))
})

describe('what became of an event', () => {
  test('handled: by whom, in which time; it was published here, for whom, and nothing caused it', async () => {
    shop.bus.subscribe('order.*', () => {}, { name: 'audit' })
    await publish('order.paid')
    await look(0)
    expect(told()).toEqual([
      '◆Published here by shop for the user ada',
      '·Nothing on a bus caused it: a flow begins here',
      '●audit handled it in 0 ms',
    ])
  })

  test('no handler: it says so, and who came near', async () => {
    shop.bus.subscribe('order.created', () => {}, { name: 'audit' })
    await publish('order.paid')
    await look(0)
    expect(screen.getByText(/No handler took it/)).toBeTruthy()
    expect(screen.getByText('audit')).toBeTruthy()
  })

  test('waiting for a retry: how long it still takes; then given up, with the error and the way to the letter', async () => {
    failing('postman')
    await publish('mail.sent', 500)
    await look(0)
    expect(told().at(-1)).toBe('↻postman failed once, retries in 1.0 sError: no service')
    await act(async () => shop.advance(1_000))
    mounted.frame()
    expect(told().at(-1)).toBe(
      '▣postman failed twice, and gave up; it is a dead letter: look into itError: no service',
    )
    fireEvent.click(screen.getByRole('button', { name: 'look into it' }))
    expect(mounted.panel.view).toBe('letters')
    const desk = deskOf(mounted.panel.session)!
    expect(desk.chosen).toBe(desk.groups()[0]!.id)
  })

  test('one dead letter of many is found among them', async () => {
    failing('postman', 1)
    await publish('mail.sent')
    await publish('mail.sent')
    await look(0)
    fireEvent.click(screen.getByRole('button', { name: 'look into it' }))
    const [letter] = shop.bus.deadLetters.list()
    expect(deskOf(mounted.panel.session)!.chosen).toBe(`letter ${letter!.id}`)
  })

  test('redriven, discarded, cancelled, overrun: each in words', async () => {
    const event = shop.bus.publish('order.paid', {})
    const recorder = new Recorder()
    const of = (name: string): { subscription: { name: string } } => ({ subscription: { name } })
    const letter = (handler: string, kind: string): object => ({
      letter: { id: handler, event, handler, kind, error: kind === 'failed' ? 'no' : undefined },
    })
    const tell = (signal: object): void =>
      recorder.record({ at: 9, ...signal } as Parameters<Recorder['record']>[0])
    const fail = (name: string): void =>
      tell({ type: 'failed', event, ms: 1, attempt: 1, error: 'no', ...of(name) })
    tell({ type: 'published', event, at: 0 })
    for (const name of ['redriven', 'discarded']) {
      fail(name)
      tell({ type: 'buried', ...letter(name, 'failed') })
      tell({ type: name, ...letter(name, 'failed') })
    }
    fail('plain')
    tell({ type: 'cancelled', event, reason: 'superseded', ...of('cancelled') })
    tell({ type: 'buried', ...letter('overrun', 'overflow') })
    tell({ type: 'failed', event, ms: 1, attempt: 1, retryIn: 5, error: 'no', ...of('mended') })
    tell({ type: 'handled', event, ms: 2, attempt: 2, ...of('mended') })
    act(() => mounted.panel.add(Session.ofRecording('file', recorder, '')))
    await look(0)
    expect(told().slice(2)).toEqual([
      '↻redriven failed once, and has it againno',
      '✕discarded failed once, and gave up; the dead letter was discardedno',
      '✕plain failed once, and gave upno',
      '○cancelled did not finish with it: a newer event took its place',
      '▣overrun did not take it: too many events waited for it; it is a dead letter',
      '●mended handled it with call 2 in 2.0 ms, 9.0 ms after it came',
    ])
  })

  test('that came over a bridge: from whom, over what, and how far', async () => {
    const event = { ...shop.bus.publish('order.paid', {}), source: 'stock', hops: 2, causationId: 'gone' }
    const recorder = new Recorder()
    recorder.record({ type: 'received', event, link: 'ws', at: 0 })
    recorder.record({ type: 'dropped', event, reason: 'middleware', at: 1 })
    act(() => mounted.panel.add(Session.ofRecording('file', recorder, '')))
    await look(0)
    expect(told()).toEqual([
      '◆Published by stock; it arrived over ws, 2 hops from there',
      "↖Its cause isn't recorded, or has left the list",
      '▲It went no further: middleware stopped it, or a bridge that had seen it before',
    ])
  })
})

describe('its flow', () => {
  beforeEach(async () => {
    for (const [from, to] of [
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'd'],
    ] as const)
      shop.bus.subscribe(from, (_, context) => void context.publish(to, {}), { name: `${from}-handler` })
    shop.bus.subscribe('d', () => {}, { name: 'last' })
    await publish('a')
  })

  test('causes back to where it began, and effects, as links', async () => {
    await look(2)
    expect(told()[1]).toBe('↖Because of b in the same millisecond, because of a')
    expect(told().at(-1)).toBe('↘It led to d in the same millisecond')
    fireEvent.click(
      within(screen.getByRole('list', { name: 'What became of it' })).getByRole('button', { name: 'a' }),
    )
    expect(mounted.panel.session.view.selected).toBe(0)
  })

  test('a small one stands below, and leads to the trace', async () => {
    await look(1)
    const flow = screen.getByRole('region', { name: 'Its flow' })
    expect(within(flow).getByText('A flow of 4 events over 0 ms')).toBeTruthy()
    expect(within(flow).getAllByRole('listitem')).toHaveLength(4)
    fireEvent.click(within(flow).getByRole('button', { name: 'Trace' }))
    expect(mounted.panel.view).toBe('trace')
  })

  test('a big one is only named', async () => {
    const { id, correlationId } = mounted.panel.session.recorder.rows.eventAt(0)!
    for (let n = 0; n < 20; n++) shop.bus.publish('x', n, { causationId: id, correlationId })
    await look(0)
    const flow = screen.getByRole('region', { name: 'Its flow' })
    expect(within(flow).getByText('A flow of more than 12 events')).toBeTruthy()
    expect(within(flow).queryAllByRole('listitem')).toHaveLength(0)
    expect(told().at(-1)).toContain(' and 13 more')
  })

  test('the header does not say the same again', async () => {
    await look(1)
    expect(screen.queryByText(/caused by/)).toBeNull()
    act(() => mounted.panel.inspect('payload'))
    expect(screen.getByText(/caused by/)).toBeTruthy()
  })

  test('is clean by the rules of accessibility', async () => {
    await look(1)
    const { violations } = await axe.run(mounted.container, {
      rules: { 'color-contrast': { enabled: false } },
    })
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
  })
})
