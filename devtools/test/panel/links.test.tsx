// @vitest-environment happy-dom
import type { RemoteTap, TapWatcher } from '@heliobus/core'
import { createManualClock } from '@heliobus/testing'
import { act, fireEvent, screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Inspector } from '../../src/panel/inspector/inspector.tsx'
import { LinksView } from '../../src/panel/links/links-view.tsx'
import { StatusBar } from '../../src/panel/status/status-bar.tsx'
import { FarData } from '../../src/remote/far-data.ts'
import { JoinedTaps } from '../../src/remote/joined-taps.ts'
import { event, published } from '../signals.ts'
import { mountPanel, type Mounted } from './mount.tsx'
import { patience } from '../../../packages/testing/test/patience.ts'

function lines(name: string): readonly string[] {
  const [, ...rows] = within(screen.getByRole('table', { name })).getAllByRole('row')
  return rows.map((row) =>
    within(row)
      .getAllByRole('cell')
      .map((cell) => cell.textContent)
      .join(' | '),
  )
}

function tell({ panel, frame }: Mounted): void {
  const { recorder } = panel.session
  const at = new Date(2026, 0, 5, 12, 0, 0).getTime()
  recorder.record({ type: 'link', link: 'redis', status: 'open', at })
  recorder.record({ type: 'link', link: 'redis', status: 'lost', at: at + 1_000, detail: 'ECONNRESET' })
  recorder.record({ type: 'link', link: 'redis', status: 'connecting', at: at + 2_000 })
  recorder.record({ type: 'link', link: 'redis', status: 'open', at: at + 4_200 })
  recorder.record({ type: 'gap', link: 'redis', at: at + 4_200, reason: 'trimmed', missing: 7 })
  recorder.record({ type: 'link', link: 'tabs', status: 'lost', at: at + 5_000 })
  frame()
}

test('each link says how it is, how often it was lost and what it misses', () => {
  tell(mountPanel(<LinksView />))
  const [redis, tabs] = lines('Links')
  expect(redis).toMatch(/^redis \| ● open \| .+ \| 1× \| 7$/)
  expect(tabs).toMatch(/^tabs \| ✕ lost, tries again \| .+ \| 1× \| –$/)
})

test('each gap tells its story, the newest first, and leads to what happened around it', () => {
  const mounted = mountPanel(<LinksView />)
  tell(mounted)
  const gaps = lines('Gaps')
  expect(gaps[0]).toMatch(/^12:00:05.000 \| lasts \| .+ \| tabs \| – \| lost$/)
  expect(gaps[1]).toBe('12:00:04.200 | 12:00:04.200 | – | redis | 7 | trimmed')
  expect(gaps[2]).toBe('12:00:01.000 | 12:00:04.200 | 3.2 s | redis | – | ECONNRESET')
  fireEvent.click(screen.getByRole('button', { name: '12:00:01.000' }))
  const { range } = mounted.panel.session.view
  expect(range && range.to - range.from).toBe(13_200)
  expect(mounted.panel.view).toBe('stream')
})

test('gaps stand among the events, and a filter finds them', () => {
  const mounted = mountPanel(<LinksView />)
  tell(mounted)
  const { recorder, view } = mounted.panel.session
  act(() => view.setFilter('is:gap'))
  mounted.frame()
  const found = view.matching()
  const texts = Array.from(
    { length: found.length },
    (_, index) => recorder.rows.eventAt(found.at(index)!)?.data,
  )
  expect(texts).toEqual([
    'tabs: lost',
    'redis: 7 events missing, trimmed',
    'redis: back after 3.2 s',
    'redis: ECONNRESET',
  ])
})

test('a press on a link in the status bar opens the story', () => {
  const mounted = mountPanel(<StatusBar />)
  tell(mounted)
  fireEvent.click(screen.getByTitle('tabs is lost: look at the links'))
  expect(mounted.panel.view).toBe('links')
})

test('without links it says what will stand here', () => {
  mountPanel(<LinksView />)
  expect(screen.getByText('No links')).toBeDefined()
})

test('a payload in another process is asked for when its event is selected; what is gone can be asked for again', async () => {
  const mounted = mountPanel(<Inspector />)
  const { session } = mounted.panel
  const clock = createManualClock()
  let watcher: TapWatcher | undefined
  let isGone = true
  const remote: RemoteTap = {
    name: 'hub',
    watch: (given) => {
      watcher = given
      return {
        pull: async () => (isGone ? { missing: 'it is gone' } : { data: { total: 12 } }),
        stop: () => undefined,
      }
    },
  }
  const { rows } = session.recorder
  const taps = new JoinedTaps({ bus: mounted.bus, remotes: [remote], rows, clock })
  act(() => session.join(taps.source, new FarData(taps, rows, session.farChanged)))
  watcher!.status('open', '')
  watcher!.clock({ least: 0, most: 0 })
  watcher!.told({
    signals: [published(event('far', 'order.paid', undefined), clock.now())],
    until: clock.now(),
    leftOut: 0,
  })
  clock.advance(1_000)
  act(() => session.view.select(rows.rowOfId('far')))
  mounted.frame()
  expect(await screen.findByText('it is gone', {}, patience)).toBeDefined()
  isGone = false
  fireEvent.click(screen.getByRole('button', { name: 'Ask again' }))
  await act(async () => mounted.frame())
  expect(await screen.findByText('12', {}, patience)).toBeDefined()
})
