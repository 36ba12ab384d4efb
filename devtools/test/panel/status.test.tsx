// @vitest-environment happy-dom
import { bridge, createBus, createMemoryMesh } from '@heliobus/core'
import { act, fireEvent, screen } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { StatusBar } from '../../src/panel/status/status-bar.tsx'
import { mountPanel } from './mount.tsx'
import { patience } from '../../../packages/testing/test/patience.ts'

describe('the status bar', () => {
  test('sums up what was published, what failed and what nobody took', () => {
    const bus = createBus({ logger: { log: () => {} } })
    bus.subscribe('a', () => {
      throw new Error('no')
    })
    const { frame } = mountPanel(<StatusBar />, bus)
    for (let n = 0; n < 1_200; n++) bus.publish('a', n)
    bus.publish('lonely', 1)
    frame()
    expect(screen.getByTestId('events').textContent).toBe('1,201')
    expect(screen.getByTestId('errors').textContent).toBe('1,200')
    expect(screen.getByText('unhandled', { exact: false }).textContent).toBe('○ 1 unhandled')
  })

  test('says what the panel itself costs, and when it draws less often to spare the app', () => {
    const { panel, frame } = mountPanel(<StatusBar />)
    frame()
    expect(screen.getByText('panel', { exact: false }).textContent).toBe('panel 0.0 ms × 15 Hz')
    for (const [name, value] of Object.entries({ cost: 20, rate: 3, spares: true }))
      Object.defineProperty(panel.pulse, name, { value })
    frame()
    expect(screen.getByText('drawing at 3 Hz', { exact: false }).textContent).toBe(
      'drawing at 3 Hz to spare your app: 20.0 ms a frame',
    )
  })

  test('shows bridges, and tells what was refused', async () => {
    const bus = createBus({ logger: { log: () => {} } })
    const { frame } = mountPanel(<StatusBar />, bus)
    const link = await bridge(bus, createMemoryMesh())
    expect(() => bus.publish('not a topic!', 1)).toThrow('not a topic')
    frame()
    expect(screen.getByText(link.name, { exact: false })).toBeDefined()
    fireEvent.click(screen.getByRole('button', { name: '▲ 1 notice' }))
    expect(await screen.findByText(/^refused: BusError: "not a topic!"/, {}, patience)).toBeDefined()
    await act(() => link.close())
    frame()
    expect(screen.queryByTitle(`${link.name} is open: look at the links`)).toBeNull()
  })

  test('a bridge stays when the list is emptied, with all that was told of it', async () => {
    const bus = createBus({ logger: { log: () => {} } })
    const { panel, frame } = mountPanel(<StatusBar />, bus)
    const link = await bridge(bus, createMemoryMesh())
    frame()
    act(() => panel.session.clear())
    frame()
    expect(screen.getByTitle(`${link.name} is open: look at the links`)).toBeDefined()
    await act(() => link.close())
  })

  test('notices are closed by Escape, which leaves the keyboard where it was, and by a press elsewhere', async () => {
    mountPanel(<StatusBar />)
    const button = screen.getByRole('button', { name: 'Notices' })
    fireEvent.click(button)
    expect(await screen.findByText('Nothing to tell.', {}, patience)).toBeDefined()
    fireEvent.pointerDown(screen.getByText('Nothing to tell.'))
    expect(button.getAttribute('aria-expanded')).toBe('true')
    fireEvent.keyDown(button, { key: 'Escape' })
    expect(screen.queryByText('Nothing to tell.')).toBeNull()
    expect(document.activeElement).toBe(button)
    fireEvent.click(button)
    fireEvent.pointerDown(document.body)
    expect(button.getAttribute('aria-expanded')).toBe('false')
  })

  test('of many notices the newest hundred are listed, and the others are counted', async () => {
    const { bus, frame } = mountPanel(<StatusBar />)
    for (let n = 0; n < 130; n++) expect(() => bus.publish(`no topic ${n}`, 1)).toThrow('not a topic')
    frame()
    fireEvent.click(screen.getByRole('button', { name: '▲ 130 notices' }))
    const items = await screen.findAllByRole('listitem')
    expect(items).toHaveLength(100)
    expect(items[0]!.textContent).toContain('"no topic 129"')
    expect(screen.getByText('30 older ones are not shown.')).toBeDefined()
  })

  test('counts one thing as one', () => {
    const { bus, frame } = mountPanel(<StatusBar />)
    bus.publish('a', 1)
    frame()
    expect(screen.getByTitle('Events since recording began; exact').textContent).toBe('1 event')
  })

  test('says what has left the list', () => {
    const { panel, bus, frame } = mountPanel(<StatusBar />)
    for (let n = 0; n < panel.session.recorder.rows.capacity + 5; n++) bus.publish('a', n)
    frame()
    expect(screen.getByText(/5 discarded/)).toBeDefined()
  })
})
