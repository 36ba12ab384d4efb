// @vitest-environment happy-dom
import { createBus } from '@heliobus/core'
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { recorded } from '../../src/model/recorded.ts'
import { Session } from '../../src/panel/state/session.ts'
import { TopicsTable } from '../../src/panel/topics/topics-table.tsx'
import { TopicTreePane } from '../../src/panel/topics/topic-tree-pane.tsx'
import { PanelContext } from '../../src/panel/use-panel.ts'
import { mountPanel } from './mount.tsx'

const quiet = { source: 'shop', logger: { log: () => {} } }

const topicOf = ({ id }: Element): string => id.replace('hb-topic-', '')

function lines(): readonly string[] {
  return screen.getAllByRole('treeitem').map(topicOf)
}

describe('the tree of topics', () => {
  test('shows topics by their segments, by name, with what they count', () => {
    const { bus, frame } = mountPanel(<TopicTreePane />)
    expect(screen.getByText('No topics yet')).toBeDefined()
    for (const topic of ['user.created', 'order.paid', 'order.created', 'order.paid']) bus.publish(topic, 1)
    frame()
    expect(lines()).toEqual(['order', 'order.created', 'order.paid', 'user.created'])
    const [order] = screen.getAllByRole('treeitem')
    expect(order!.textContent).toContain('3 events')
    expect(order!.getAttribute('aria-expanded')).toBe('true')
  })

  test('a press filters to a topic and all below it, another takes that back, Alt leaves it out', () => {
    const { panel, bus, frame } = mountPanel(<TopicTreePane />)
    for (const topic of ['order.paid', 'order.created']) bus.publish(topic, 1)
    frame()
    const press = (name: string, init = {}): void =>
      void fireEvent.click(
        screen.getAllByRole('treeitem').find((item) => topicOf(item) === name)!,
        init,
      )
    press('order')
    expect(panel.session.view.text).toBe('topic:order.**')
    expect(screen.getAllByRole('treeitem')[0]!.getAttribute('aria-selected')).toBe('true')
    press('order.paid')
    expect(panel.session.view.text).toBe('topic:order.paid')
    press('order.paid')
    expect(panel.session.view.text).toBe('')
    press('order.paid', { altKey: true })
    expect(panel.session.view.text).toBe('-topic:order.paid')
    expect(panel.session.view.matching().length).toBe(1)
  })

  test('what else is filtered stays', () => {
    const { panel, bus, frame } = mountPanel(<TopicTreePane />)
    bus.publish('order.paid', 1)
    act(() => panel.session.view.setFilter('is:error topic:user.*'))
    frame()
    fireEvent.click(screen.getAllByRole('treeitem')[0]!)
    expect(panel.session.view.text).toBe('topic:order.paid is:error')
  })

  test('is one stop of the keyboard: arrows move, fold and unfold, Enter filters', () => {
    const { panel, bus, frame } = mountPanel(<TopicTreePane />)
    for (const topic of ['order.paid', 'order.created', 'user.created']) bus.publish(topic, 1)
    frame()
    const tree = screen.getByRole('tree')
    const press = (key: string): void => void fireEvent.keyDown(tree, { key })
    const current = (): string | undefined =>
      tree.getAttribute('aria-activedescendant')?.replace('hb-topic-', '')
    expect(current()).toBe('order')
    press('ArrowDown')
    press('ArrowDown')
    expect(current()).toBe('order.paid')
    press('ArrowLeft')
    expect(current()).toBe('order')
    press('ArrowLeft')
    expect(lines()).toEqual(['order', 'user.created'])
    press('ArrowRight')
    expect(lines()).toHaveLength(4)
    press('End')
    press('Enter')
    expect(panel.session.view.text).toBe('topic:user.created')
  })

  test('what is folded stays folded when the tree goes and comes back', () => {
    const { bus, frame, panel } = mountPanel(<TopicTreePane />)
    for (const topic of ['order.paid', 'order.created']) bus.publish(topic, 1)
    frame()
    fireEvent.click(screen.getByTitle('Fold'))
    expect(lines()).toEqual(['order'])
    expect([...panel.session.foldedTopics]).toEqual(['order'])
    cleanup()
    render(
      <PanelContext.Provider value={panel}>
        <TopicTreePane />
      </PanelContext.Provider>,
    )
    expect(lines()).toEqual(['order'])
  })

  test('a topic can be left out with a press, without being chosen, and let in again', () => {
    const { bus, frame, panel } = mountPanel(<TopicTreePane />)
    bus.publish('order.paid', 1)
    frame()
    fireEvent.click(screen.getByTitle(/^Leave out/))
    expect(panel.session.view.text).toBe('-topic:order.paid')
    fireEvent.click(screen.getByTitle(/^Let in again/))
    expect(panel.session.view.text).toBe('')
  })

  test('of thousands of topics only those in sight are drawn, and the keyboard reaches all', () => {
    const { bus, frame } = mountPanel(<TopicTreePane />)
    for (let n = 0; n < 3_000; n++) bus.publish(`domain${String(n).padStart(4, '0')}`, 1)
    frame(2_000)
    expect(lines().length).toBeLessThan(100)
    const tree = screen.getByRole('tree')
    fireEvent.keyDown(tree, { key: 'End' })
    expect(tree.getAttribute('aria-activedescendant')).toBe('hb-topic-domain2999')
    const last = screen.getAllByRole('treeitem').at(-1)!
    expect([last.id, last.getAttribute('aria-posinset'), last.getAttribute('aria-setsize')]).toEqual([
      'hb-topic-domain2999',
      '3000',
      '3000',
    ])
    expect(tree.scrollTop).toBe(3_000 * 22)
  })

  test('many topics can be searched', () => {
    const { bus, frame } = mountPanel(<TopicTreePane />)
    for (let n = 0; n < 30; n++) bus.publish(`domain${n}.happened`, 1)
    bus.publish('order.paid', 1)
    frame()
    fireEvent.change(screen.getByLabelText('Find a topic'), { target: { value: 'pai' } })
    expect(lines()).toEqual(['order.paid'])
    fireEvent.change(screen.getByLabelText('Find a topic'), { target: { value: 'nothing like it' } })
    expect(screen.getByText('No such topic')).toBeDefined()
  })
})

describe('the table of topics', () => {
  const cells = (type: string): (string | null)[] => {
    const row = document.querySelector(`[data-type="${type}"]`)
    return [...row!.querySelectorAll('td')].map(({ textContent }) => textContent)
  }

  test('counts what was published, handled, unhandled and failed', () => {
    const bus = createBus(quiet)
    bus.subscribe('order.*', () => {})
    bus.subscribe('order.paid', () => {
      throw new Error('no')
    })
    const { frame } = mountPanel(<TopicsTable />, bus)
    for (let n = 0; n < 1_234; n++) bus.publish('order.paid', n)
    bus.publish('lonely', 1)
    frame()
    expect(cells('order.paid').slice(0, 2)).toEqual(['order.paid', '1,234'])
    expect(cells('order.paid').slice(3, 6)).toEqual(['1,234', '0', '✕ 1,234 50 %'])
    expect(cells('lonely').slice(3, 6)).toEqual(['0', '○ 1', '0'])
    expect(cells('lonely').slice(6, 9)).toEqual(['–', '–', '–'])
  })

  test('is sorted by a press on a column, and by another the other way round', () => {
    const { bus, frame } = mountPanel(<TopicsTable />)
    for (const topic of ['b', 'a', 'a', 'c', 'c', 'c']) bus.publish(topic, 1)
    frame()
    const order = (): string[] =>
      [...document.querySelectorAll('[data-type]')].map((row) => row.getAttribute('data-type')!)
    expect(order()).toEqual(['c', 'a', 'b'])
    const sort = (name: string): void =>
      void fireEvent.click(within(screen.getByRole('columnheader', { name })).getByRole('button'))
    sort('Topic')
    expect(order()).toEqual(['a', 'b', 'c'])
    expect(screen.getByRole('columnheader', { name: /Topic/ }).getAttribute('aria-sort')).toBe('ascending')
    sort('Topic')
    expect(order()).toEqual(['c', 'b', 'a'])
  })

  test('figures are sorted from the largest, and one that fails seldom is no 0 %', () => {
    const bus = createBus(quiet)
    let calls = 0
    bus.subscribe('a', () => {
      if (++calls === 500) throw new Error('no')
    })
    const { frame } = mountPanel(<TopicsTable />, bus)
    for (let n = 0; n < 500; n++) bus.publish('a', n)
    for (let n = 0; n < 900; n++) bus.publish('b', n)
    frame()
    expect(cells('a')[5]).toBe('✕ 1 <1 %')
    fireEvent.click(screen.getByRole('button', { name: 'Failed' }))
    const header = screen.getByRole('columnheader', { name: /Failed/ })
    expect(header.getAttribute('aria-sort')).toBe('descending')
    expect(document.querySelector('[data-type]')!.getAttribute('data-type')).toBe('a')
  })

  test('lines keep their places while figures change, and take new ones every five seconds', () => {
    vi.useFakeTimers({ now: 1_000_000, toFake: ['Date'] })
    onTestFinished(() => void vi.useRealTimers())
    const { bus, frame } = mountPanel(<TopicsTable />)
    const publish = (...topics: string[]): void => topics.forEach((topic) => void bus.publish(topic, 1))
    const order = (): (string | null)[] =>
      [...document.querySelectorAll('[data-type]')].map((row) => row.getAttribute('data-type'))
    publish('a', 'a', 'b')
    frame()
    publish('b', 'b', 'b', 'new', 'new', 'new', 'new', 'new')
    vi.setSystemTime(1_004_000)
    frame()
    expect(order()).toEqual(['a', 'b', 'new'])
    expect(cells('b')[1]).toBe('4')
    vi.setSystemTime(1_005_000)
    frame()
    expect(order()).toEqual(['new', 'b', 'a'])
  })

  test('of thousands of types only those in sight are drawn', () => {
    const { bus, frame } = mountPanel(<TopicsTable />)
    for (let n = 0; n < 3_000; n++) bus.publish(`t${n}`, 1)
    frame()
    expect(document.querySelectorAll('[data-type]').length).toBeLessThan(100)
    expect(screen.getByRole('table').getAttribute('aria-rowcount')).toBe('3001')
    expect(screen.getByText(/^3,000 types, counted exactly/)).toBeDefined()
  })

  test('handlers have a table of their own, and a press shows what one took', () => {
    const bus = createBus(quiet)
    bus.subscribe(['order.*', 'user.*'], () => {}, { name: 'the audit' })
    bus.subscribe('order.paid', () => {}, { name: 'warehouse' })
    const { panel, frame } = mountPanel(<TopicsTable />, bus)
    bus.publish('order.paid', 1)
    bus.publish('order.created', 1)
    frame()
    fireEvent.click(screen.getByRole('tab', { name: 'Handlers' }))
    const rows = within(screen.getByRole('table', { name: 'Handlers' })).getAllByRole('row')
    expect(rows.slice(1).map((row) => [...row.children].map(({ textContent }) => textContent))).toEqual([
      ['the audit', 'order.* user.*', 'shop', '0', '2', '0'],
      ['warehouse', 'order.paid', 'shop', '0', '1', '0'],
    ])
    fireEvent.click(screen.getByRole('button', { name: 'the audit' }))
    expect(panel.session.view.text).toBe('handler:"the audit"')
    expect(panel.session.view.matching().length).toBe(2)
  })

  test('of a recording there is nothing to reset, and no handler to ask', () => {
    const { panel, bus, frame } = mountPanel(<TopicsTable />)
    bus.publish('order.paid', 1)
    const { recorder } = panel.session
    act(() => panel.add(Session.ofRecording('yesterday', recorded(recorder.rows), '')))
    frame()
    expect(screen.getByText('1 type, counted from the events that the recording holds')).toBeDefined()
    expect(cells('order.paid')[1]).toBe('1')
    expect(screen.queryByRole('button', { name: 'Reset' })).toBeNull()
    expect(screen.queryByRole('tab')).toBeNull()
  })

  test('a press on a topic shows its events', () => {
    const { panel, bus, frame } = mountPanel(<TopicsTable />)
    act(() => panel.show('topics'))
    bus.publish('order.paid', 1)
    frame()
    fireEvent.click(screen.getByTitle('Show its events'))
    expect(panel.session.view.text).toBe('topic:order.paid')
    expect(panel.view).toBe('stream')
  })

  test('can be counted anew', () => {
    const { bus, frame } = mountPanel(<TopicsTable />)
    bus.publish('order.paid', 1)
    frame()
    fireEvent.click(screen.getByRole('button', { name: 'Reset' }))
    frame()
    expect(screen.getByText(/No events yet/)).toBeDefined()
  })

  test('whatever is published, its counts and their sum agree with it', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b.c', 'd:e'), { minLength: 1, maxLength: 60 }), (topics) => {
        const { bus, frame, unmount } = mountPanel(<TopicsTable />)
        for (const topic of topics) bus.publish(topic, 1)
        frame()
        for (const topic of new Set(topics))
          expect(cells(topic)[1]).toBe(String(topics.filter((one) => one === topic).length))
        expect(document.querySelector('tfoot td:nth-child(2)')!.textContent).toBe(String(topics.length))
        unmount()
      }),
      { numRuns: 25 },
    )
  })
})
