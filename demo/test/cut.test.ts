import { expect } from '@playwright/test'
import { axe } from './axe.ts'
import { Station, test } from './station.ts'
import { HUB_AWAY } from './tab.ts'

test.use({ allowed: HUB_AWAY })

test('the hub is cut off and comes back: everything arrives once, in order, and the page says so', async ({
  open,
  station,
}) => {
  const [first, second] = [await open(), await open('?seed=8&paused&devtools=closed')]
  for (const tab of [first, second]) await tab.uplink('connected')
  await first.storm()
  await expect.poll(() => station.logged()).toHaveLength(4)

  await first.cable.check()
  for (const tab of [first, second]) await tab.uplink('lost')
  await expect(first.page.getByTestId('next-attempt')).toContainText('coming back in')
  await expect(first.station).toContainText('what happens here waits')
  await first.burst()
  const here = await first.quiet()
  await expect(first.page.getByTestId('waiting')).toHaveText(`${(here - 4).toLocaleString('en')} wait`)
  const outside = { type: 'user:login', data: { user_id: 'u1' } }
  expect((await station.post(outside)).status).toBe(202)
  await expect.poll(() => station.logged()).toHaveLength(5)

  await first.cable.uncheck()
  for (const tab of [first, second]) await tab.uplink('connected')
  await expect(first.page.getByTestId('waiting')).toHaveText('nothing waits')
  await expect(first.page.getByTestId('absences').getByRole('listitem')).toHaveCount(1)
  await expect(first.page.getByTestId('absences')).toContainText(
    `${(here - 4).toLocaleString('en')} events waited, and went out · nothing missed`,
  )
  await expect.poll(() => station.logged()).toHaveLength(here + 1)
  const published = (await first.events()).filter(({ hops }) => hops === 0).map(({ id }) => id)
  const logged = station.logged('id')
  expect(logged.filter((id) => published.includes(id))).toEqual(published)
  for (const tab of [first, second]) {
    await expect.poll(() => tab.number('published')).toBe(here + 1)
    const logins = (await tab.events()).filter(({ source }) => source === 'http')
    expect(logins).toMatchObject([{ ...outside, hops: 1 }])
  }
})

test('a page that is reloaded while the hub is cut off loses nothing: what waited goes out, once and in order', async ({
  open,
  station,
}) => {
  const tab = await open()
  await tab.uplink('connected')
  await tab.cable.check()
  await tab.uplink('lost')
  await tab.burst()
  const published = await tab.quiet()
  const all = `${published.toLocaleString('en')} wait`
  await expect(tab.page.getByTestId('waiting')).toHaveText(all)
  await tab.page.reload()
  await tab.uplink('lost')
  await expect(tab.page.getByTestId('waiting')).toHaveText(all)

  await tab.cable.uncheck()
  await tab.uplink('connected')
  await expect(tab.page.getByTestId('waiting')).toHaveText('nothing waits')
  await expect(tab.station).toContainText(`${published.toLocaleString('en')} events waited, and went out`)
  expect(station.logged('id')).toEqual(await tab.keptIds())
  expect(station.logged()).toHaveLength(published)
})

test('the ground station is killed in the middle of its work, and started again: all is in its log, once, in order', async ({
  open,
  station,
}) => {
  const tab = await open()
  const { page } = tab
  await tab.uplink('connected')
  await page.getByRole('slider', { name: 'Rate' }).fill('300')
  await page.getByRole('button', { name: 'Start' }).click()
  await expect.poll(() => station.logged().length, { intervals: [20] }).toBeGreaterThan(300)
  await station.end('SIGKILL')
  await tab.uplink('lost')
  await page.getByRole('button', { name: 'Stop' }).click()
  const published = await tab.quiet(300)

  await station.start()
  await tab.uplink('connected')
  await expect.poll(() => station.logged().length).toBe(published)
  await expect.poll(() => tab.kept()).toBe(published)
  expect(station.logged('id')).toEqual(await tab.keptIds())
  await expect(page.getByTestId('absences')).toContainText('waited, and went out · nothing missed')
})

test('a ground station that has forgotten what pages have heard tells them that something may be missing', async ({
  open,
  station,
}) => {
  const tab = await open()
  await tab.uplink('connected')
  await tab.storm()
  await expect.poll(() => station.logged()).toHaveLength(4)
  await station.end('SIGKILL')
  await tab.uplink('lost')
  await tab.storm()
  await expect.poll(() => tab.number('here')).toBe(8)
  await station.forget()

  await station.start()
  await tab.uplink('connected')
  await expect.poll(() => station.logged('id')).toEqual(await tab.keptIds())
  await expect(tab.page.getByTestId('absences')).toContainText(
    '4 events waited, and went out · gap: something may be missing',
  )
})

test('Ctrl-C ends the ground station in peace: the pages are told when to come back, and do', async ({
  open,
  station,
}) => {
  const tab = await open()
  await tab.uplink('connected')
  await tab.storm()
  await expect.poll(() => station.logged()).toHaveLength(4)
  expect(await station.end('SIGINT')).toBe(0)
  expect(station.logged()).toHaveLength(4)
  await tab.uplink('lost')
  await station.start()
  expect(station.output).toContain(': 4 so far')
  await tab.uplink('connected')
})

test('two ground stations don’t share a file: the second says so, and leaves the first alone', async ({
  open,
  station,
}) => {
  const tab = await open()
  await tab.uplink('connected')
  const second = new Station(station.folder)
  await expect(second.start()).rejects.toThrow('give this one a file of its own, with --log other.db')
  await tab.storm()
  await expect.poll(() => station.logged()).toHaveLength(4)
  await tab.uplink('connected')
})

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [320, 1440]) {
    test(`axe finds nothing and nothing sticks out, ${colorScheme}, ${width} wide, with the hub and without it`, async ({
      open,
    }) => {
      const tab = await open()
      const { page } = tab
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.setViewportSize({ width, height: 900 })
      const violations = await axe(page)
      await tab.uplink('connected')
      expect(await violations()).toEqual([])
      await tab.cable.check()
      await tab.uplink('lost')
      await tab.burst()
      await expect(page.getByTestId('waiting')).toContainText('wait')
      expect(await violations()).toEqual([])
      expect(await tab.sticksOut()).toBe(0)
      await tab.cable.uncheck()
      await tab.uplink('connected')
      await expect(tab.station).toContainText('nothing missed')
      expect(await violations()).toEqual([])
      expect(await tab.sticksOut()).toBe(0)
    })
  }
}
