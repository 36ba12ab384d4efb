import { expect } from '@playwright/test'
import { test } from './station.ts'

const FLOW = [
  'cosmic.solar_storm.detected',
  'synthesis.triggered',
  'synthesis.completed',
  'synthesis.updated',
]

test('a storm in one tab is in the other, at the hub and in its log, once', async ({ open, station }) => {
  const [first, second] = [await open(), await open()]
  for (const tab of [first, second]) await tab.uplink('connected')
  await first.storm()
  await expect.poll(() => second.newest(1)).toHaveLength(4)
  await expect.poll(() => station.logged()).toEqual(FLOW)
  const ids = await first.newest(0)
  expect(await second.newest(1)).toEqual(ids)
  expect(station.logged('id')).toEqual(ids.toReversed())
  expect(await first.newest(1)).toEqual([])
  for (const tab of [first, second]) expect(await tab.number('published')).toBe(4)
  await expect(first.module('notification').getByTestId('state')).toHaveText('your synthesis is new')
  await expect(first.station).toContainText('2 pages')
  await expect(first.page.getByTestId('logged')).toHaveText('4 events')
  await expect(first.services.panel).toHaveCount(0) // all of them run in the station
})

test('a storm from outside is answered by the ground station alone, and seen in every tab', async ({
  open,
  station,
}) => {
  const [first, second] = [await open(), await open()]
  for (const tab of [first, second]) await tab.uplink('connected')
  const data = { at: '2026-01-01T00:00:00Z', kp_index: 8, severity: 'G4' }
  expect((await station.post({ type: FLOW[0], data })).status).toBe(202)
  for (const tab of [first, second]) {
    await expect.poll(async () => (await tab.types()).toReversed()).toEqual(FLOW)
    expect(await tab.newest(1)).toHaveLength(4)
    await expect(tab.module('synthesis').getByTestId('state')).toHaveText('memory valid · edition 1')
  }
  expect(station.logged()).toEqual(FLOW)
})

/** What the ground station's search takes. */
const SEARCHED = ['item.created', 'user.updated', 'user.deleted'].map((type) => `'${type}'`).join()

test('what happens in two tabs is in the log once, and each service of the ground station takes it once', async ({
  open,
  station,
}) => {
  const [first, second] = [await open(), await open('?seed=8&paused&devtools=closed')]
  await first.burst()
  await second.burst()
  const published = (await first.quiet()) + (await second.quiet())
  await expect.poll(() => station.logged().length, { timeout: 30_000 }).toBe(published)
  await expect.poll(() => first.number('published')).toBe(published)
  await expect.poll(() => first.kept()).toBe(published)
  expect(station.logged('id').toSorted()).toEqual((await first.keptIds()).toSorted())

  const [{ searched }] = station.query<{ searched: number }>(
    `SELECT count(*) AS searched FROM events_log WHERE type IN (${SEARCHED})`,
  ) as [{ searched: number }]
  expect(searched).toBeGreaterThan(0)
  for (const tab of [first, second]) {
    await expect(tab.module('search').getByTestId('handled')).toHaveText(String(searched))
    expect(await tab.number('unhandled')).toBe(0)
    expect(await tab.number('failures')).toBe(0)
  }
})
