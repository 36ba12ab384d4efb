import { ask } from '../../scripts/redis-server.mjs'
import { axe } from './axe.ts'
import { isThere, test } from './redis-station.ts'
import { expect, type ServicesPanel } from './services-panel.ts'
import type { Station } from './station.ts'
import { HUB_AWAY } from './tab.ts'

test.describe.configure({ mode: 'default', timeout: 300_000 }) // nine processes a test: one after the other

/** In all four. */
const BALANCED = Array<string>(4).fill('✓ balanced')
const ALL = '0,1,2,3,4,5,6,7'

/** Events that the email service answers, and how many answers they have. */
function mails(station: Station): { readonly asked: number; readonly answered: number } {
  const [counts] = station.query<{ asked: number; answered: number }>(
    `SELECT count(DISTINCT cause.id) AS asked, count(DISTINCT effect.causation_id) AS answered
     FROM events_log AS cause LEFT JOIN events_log AS effect
     ON effect.causation_id = cause.id AND effect.type = 'email.sent'
     WHERE cause.type IN ('user.account.created', 'password.reset.requested')`,
  )
  return counts!
}

/**
 * Waits until all that was published is in the log, and with every service, and each mail was sent; what is in the log then
 * is there once. Answers how many events that are.
 */
async function allOnce(station: Station, services: ServicesPanel, published: number): Promise<number> {
  let accepted = 0
  await expect
    .poll(async () => {
      accepted = await services.number('email', 'accepted')
      const { asked, answered } = mails(station)
      const logged = station.logged('id').length
      const isAll = logged === accepted && logged > published && asked > 0 && asked === answered
      const verdicts = new Set(await services.verdicts())
      return isAll ? [...verdicts] : { published, accepted, logged, asked, answered }
    })
    .toEqual(['✓ balanced'])
  expect(new Set(station.logged('id')).size).toBe(accepted)
  return accepted
}

test('events of two tabs go to services in processes of their own, and their answers come back, once', async ({
  open,
  station,
}) => {
  const [first, second] = [await open(), await open('?seed=8&paused&devtools=closed')]
  for (const tab of [first, second]) await tab.uplink('connected')
  await first.burst()
  await second.forgetPasswords(10)
  const published = (await first.quiet()) + (await second.quiet(10))
  const accepted = await allOnce(station, first.services, published)
  for (const tab of [first, second]) {
    await expect.poll(() => tab.number('published')).toBe(accepted)
    await expect(tab.module('email')).toContainText('in the workers of its group')
    expect(await tab.number('unhandled')).toBe(0)
    expect(await tab.services.number('email', 'dead')).toBe(0)
  }
  expect(new Set(await first.services.pids()).size).toBe(8)
})

for (const [act, state] of [
  ['Kill', 'dead'],
  ['Pause', 'paused'],
] as const) {
  test(`${act} a worker: the other takes over its shards, it comes back, and the ledger balances`, async ({
    open,
    station,
  }) => {
    const tab = await open()
    const { services } = tab
    await tab.uplink('connected')
    await services.shared('email')
    const pid = await services.pid('email', 0)
    const [fallen, other] = [await services.watch('email', 0), await services.watch('email', 1)]
    await tab.forgetPasswords(100)
    await expect.poll(() => services.number('email', 'accepted')).toBeGreaterThan(50)
    await services.act(act, 'email', 0)

    const takeover = services.card('email').getByTestId('takeover')
    await expect(takeover).toContainText(`${pid} ${act.toLowerCase()}`)
    await expect(takeover).toContainText('4 shards taken over in')
    await services.shared('email')
    expect(await fallen()).toContainEqual(expect.stringContaining(state))
    expect(await other()).toContain(`running ${ALL}`)
    expect((await services.pid('email', 0)) === pid).toBe(act === 'Pause')

    await tab.forgetPasswords(50)
    await allOnce(station, services, await tab.quiet(150))
    expect(await services.number('email', 'dead')).toBe(0)
  })
}

test('what the email service gives up is dead in its ledger, and handled once it is redriven', async ({
  open,
  station,
}) => {
  const tab = await open()
  const { services } = tab
  await tab.uplink('connected')
  await tab.mailSwitch.check()
  await tab.forgetPasswords(3)
  await expect.poll(() => services.number('email', 'dead')).toBe(3)
  await expect.poll(() => services.verdicts()).toEqual(BALANCED)
  expect(mails(station)).toEqual({ asked: 3, answered: 0 })
  await expect(tab.module('notification').getByTestId('state')).toContainText('operator, email: gave_up')

  await tab.mailSwitch.uncheck()
  await services.card('email').getByRole('button', { name: 'Redrive' }).click()
  await expect.poll(() => services.number('email', 'dead')).toBe(0)
  await allOnce(station, services, await tab.quiet(3))
})

test('the devtools show the groups, and discard what one has given up: the ledger says so, and balances', async ({
  open,
}) => {
  const tab = await open('?seed=7&paused&devtools=open')
  await tab.uplink('connected')
  await tab.mailSwitch.check()
  await tab.forgetPasswords(2)
  const panel = tab.page.getByRole('region', { name: 'Heliobus devtools' })
  await panel.getByRole('tab', { name: 'Dead letters' }).click()
  await panel.getByRole('button', { name: 'Discard 2' }).click()
  await panel.getByRole('button', { name: 'Press again: discard 2' }).click()
  const email = tab.services.card('email')
  await expect(email).toContainText('0 dead letters2 discarded')
  await expect.poll(() => tab.services.verdicts()).toEqual(BALANCED)

  await panel.getByRole('tab', { name: 'Groups' }).click()
  for (const service of ['email', 'profile', 'notification', 'analytics'])
    await expect(panel.getByRole('heading', { name: service })).toBeAttached()
})

test('only a page of the station gets at the workers, and at nothing else', async ({ open, station }) => {
  const tab = await open()
  const [pid = 0] = await tab.services.pids()
  const { token } = await (await fetch(`${station.url}/station.json`)).json()
  const order = async (body: unknown, bearer = token, path = 'workers'): Promise<number> => {
    const headers = { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' }
    const request = { method: 'POST', headers, body: JSON.stringify(body) }
    return (await fetch(`${station.url}/station/${path}`, request)).status
  }
  for (const path of ['workers', 'mail', 'letters'])
    expect(await order({ pid, act: 'kill' }, 'nonsense', path)).toBe(401)
  expect(await order({ pid, act: 'stop' })).toBe(400)
  expect(await order({ pid: process.pid, act: 'kill' })).toBe(404)
  expect(await order({ pid: -1, act: 'kill' })).toBe(400)
  const flood = await Promise.all(Array.from({ length: 20 }, () => order({ pid: process.pid, act: 'kill' })))
  expect(flood).toContain(429)
  expect(isThere(pid)).toBe(true)
})

test.describe('in the end', () => {
  test.use({ allowed: HUB_AWAY })

  test('Ctrl-C ends the workers, also one that stands still, and leaves nothing in Redis', async ({
    open,
    station,
    redis,
  }) => {
    const tab = await open()
    await tab.uplink('connected')
    const pids = await tab.services.pids()
    await tab.forgetPasswords(20)
    await tab.quiet(20)
    await tab.services.act('Pause', 'profile', 1)
    await expect(tab.services.worker('profile', 1).getByTestId('worker-state')).toHaveText('paused')
    expect(await station.end('SIGINT')).toBe(0)
    expect(pids.filter(isThere)).toEqual([])
    expect(await ask(redis!.port, 'DBSIZE')).toBe(':0\r\n')
    const { asked, answered } = mails(station)
    expect(answered).toBe(asked)
  })

  test('workers whose station was killed end by themselves', async ({ open, station }) => {
    const tab = await open()
    const pids = await tab.services.pids()
    expect(pids.filter(isThere)).toHaveLength(8)
    await station.end('SIGKILL')
    await expect.poll(() => pids.filter(isThere)).toEqual([])
  })
})

for (const [colorScheme, width] of [
  ['light', 320],
  ['dark', 1440],
] as const)
  test(`axe finds nothing and nothing sticks out with services, ${colorScheme}, ${width} wide`, async ({
    open,
  }) => {
    const tab = await open()
    const { page, services } = tab
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.setViewportSize({ width, height: 900 })
    const violations = await axe(page)
    await services.shared('email')
    await tab.mailSwitch.check()
    await tab.forgetPasswords(1)
    await expect.poll(() => services.number('email', 'dead')).toBe(1)
    expect(await violations()).toEqual([])
    await services.act('Kill', 'analytics', 0)
    await services.act('Pause', 'profile', 0)
    await expect(services.worker('profile', 0).getByTestId('worker-state')).toHaveText('paused')
    expect(await violations()).toEqual([])
    expect(await tab.sticksOut()).toBe(0)
  })
