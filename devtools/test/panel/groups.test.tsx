// @vitest-environment happy-dom
import type { RemoteTap, TapWatcher } from '@heliobus/core'
import { createManualClock } from '@heliobus/testing'
import { act, fireEvent, screen, within } from '@testing-library/react'
import type { ReactNode } from 'react'
import { expect, test } from 'vitest'
import { DeadLettersView } from '../../src/panel/dead-letters/dead-letters-view.tsx'
import { GroupsView } from '../../src/panel/groups/groups-view.tsx'
import { FarData } from '../../src/remote/far-data.ts'
import { JoinedTaps } from '../../src/remote/joined-taps.ts'
import { FakeRemoteGroups, report, shard } from '../remote-groups.ts'
import { event } from '../signals.ts'
import { type Mounted, mountPanel } from './mount.tsx'

interface World extends Mounted {
  readonly remote: FakeRemoteGroups
  /** Time passes over there and here. */
  readonly pass: (ms: number) => Promise<void>
}

/** A part of the panel that watches a process with groups. */
async function watch(part: ReactNode, remote = new FakeRemoteGroups()): Promise<World> {
  const mounted = mountPanel(part)
  const { session } = mounted.panel
  const { rows } = session.recorder
  const clock = createManualClock()
  let watcher: TapWatcher | undefined
  const tap: RemoteTap = {
    name: 'server',
    watch: (given) => {
      watcher = given
      return { groups: remote, pull: async () => ({ missing: '' }), stop: () => undefined }
    },
  }
  const taps = new JoinedTaps({ bus: mounted.bus, remotes: [tap], rows, clock })
  act(() => session.join(taps.source, new FarData(taps, rows, session.farChanged)))
  watcher!.status('open', '')
  const pass = async (ms: number): Promise<void> => {
    await act(async () => {
      clock.advance(ms)
      for (let turn = 0; turn < 100; turn++) await Promise.resolve()
    })
    mounted.frame()
  }
  await pass(0)
  return { ...mounted, remote, pass }
}

const items = (): (string | null)[] =>
  within(screen.getByRole('tree', { name: 'Dead letters' }))
    .getAllByRole('treeitem')
    .map(({ textContent }) => textContent.replaceAll(/\d\d:\d\d:\d\d\.\d{3}/g, ''))

test('without groups it says what will stand here', () => {
  mountPanel(<GroupsView />)
  expect(screen.getByText('No consumer groups')).toBeTruthy()
})

test('each shard stands there with the sums, and what is wrong in a sentence', async () => {
  const remote = new FakeRemoteGroups()
  remote.report = report([
    shard(0, { pending: 2, redelivered: 1, age: 80_000 }),
    shard(1, { owner: undefined, fence: undefined, lag: undefined }),
  ])
  await watch(<GroupsView />, remote)
  const [, ...rows] = within(screen.getByRole('table', { name: 'Shards of billing' })).getAllByRole('row')
  expect(rows.map(({ textContent }) => textContent)).toEqual([
    '0m-1lease 102✕ 1 min10',
    '1✕ no owner?0–00',
    'All2 shards, 1 member0+2✕ 1 min10',
  ])
  expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
    '✕Shard 1 has no owner',
    '✕The oldest unhandled event is 1 min old: 80 % of the time that events are kept',
  ])
})

test('of very many shards the first stand there, and the rest when it is asked for', async () => {
  const remote = new FakeRemoteGroups()
  remote.report = report(Array.from({ length: 100 }, (_, number) => shard(number)))
  await watch(<GroupsView />, remote)
  expect(screen.getAllByRole('row')).toHaveLength(66)
  fireEvent.click(screen.getByRole('button', { name: '36 more shards: show' }))
  expect(screen.getAllByRole('row')).toHaveLength(102)
})

test('the store is asked while the view is open, and no longer', async () => {
  const { remote, pass, unmount } = await watch(<GroupsView />)
  await pass(1_000)
  await pass(1_000)
  expect(remote.calls).toEqual(['look', 'look', 'look'])
  unmount()
  await pass(5_000)
  expect(remote.calls).toHaveLength(3)
})

test('letters of groups and of the bus stand in one list, and are redriven together', async () => {
  const remote = new FakeRemoteGroups()
  remote.bury('0/1', event('far', 'order.placed', undefined, { subject: 'o-1' }))
  const { bus, pass } = await watch(<DeadLettersView />, remote)
  let isBroken = true
  const fails = (): void => {
    if (isBroken) throw new Error('no total')
  }
  await act(async () => void bus.subscribe('order.placed', fails, { name: 'invoice', retry: false }))
  await act(async () => void bus.publish('order.placed', { total: 1 }))
  await pass(1_000)
  expect(items()).toEqual([
    '▣Error: no total1 lettersorder.placed→ invoice',
    '▣Error: no total1 lettersorder.placed→ invoicebilling',
  ])
  isBroken = false
  fireEvent.click(screen.getByRole('button', { name: 'Redrive all…' }))
  await pass(1_000)
  const plan = '1 would go to invoice · 1 would go to the end of the log, for invoice of server › billing'
  expect(screen.getByText(plan)).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Redrive 2' }))
  await pass(1_000)
  expect(
    screen
      .getByText(/^Redriven:/)
      .textContent?.split(/: |, /)
      .toSorted(),
  ).toEqual(['1 handed on', '1 handled', 'Redriven'])
  expect(remote.calls).toContain('redrive 1')
  await pass(1_000)
  expect(screen.getByText('No dead letters are left')).toBeTruthy()
})

test('the payload of a letter is fetched when it is looked at', async () => {
  const remote = new FakeRemoteGroups()
  remote.bury('0/1')
  const { pass } = await watch(<DeadLettersView />, remote)
  await pass(0)
  expect(remote.calls).toContain('pull 0/1')
  expect(screen.getByRole('region', { name: 'What is chosen' }).textContent).toContain('called 3 times')
  expect(screen.getByRole('tree', { name: /payload/i }).textContent).toContain('of: "0/1"')
})

test('what goes no further is still here, and says why', async () => {
  const remote = new FakeRemoteGroups()
  for (const id of ['0/1', '0/2', '0/3']) remote.bury(id)
  remote.stopsAfter = 2
  const { pass } = await watch(<DeadLettersView />, remote)
  for (const name of ['Discard all', 'Press again: discard 3'])
    await act(async () => void fireEvent.click(screen.getByRole('button', { name })))
  await pass(0)
  expect(screen.getByText('Discarded: 2 for good, 1 still here: Redis is away')).toBeTruthy()
})
