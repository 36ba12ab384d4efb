import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { test } from './station.ts'

const SECRET = 'correct-horse-battery-staple'
const USER = 'u-careless-1'

test.use({ viewport: { width: 1_440, height: 900 } })

test('a password in a payload is in no log, on no wire and not in the panel', async ({
  open,
  context,
  station,
}) => {
  const frames: string[] = []
  const hear = ({ payload }: { readonly payload: string | Buffer }): void =>
    void frames.push(payload.toString())
  context.on('page', (page) =>
    page.on('websocket', (socket) => socket.on('framesent', hear).on('framereceived', hear)),
  )
  const first = await open('?seed=7&paused&devtools=open')
  const second = await open('?seed=7&paused&devtools=open')
  for (const tab of [first, second]) await tab.uplink('connected')
  const observatory = await first.observatory()
  await observatory.evaluate(
    ({ bus }, [user_id, password]) => {
      bus.publish('user:registered', { user_id, email: 'vera@example.org', password })
    },
    [USER, SECRET] as const,
  )
  await expect.poll(() => station.logged()).toContain('email.sent')
  await expect.poll(() => second.types()).toContain('email.sent')
  await expect.poll(() => first.kept()).toBe(await first.number('published'))

  const shown: string[] = []
  for (const tab of [first, second]) {
    await tab.page.bringToFront()
    const panel = tab.page.getByRole('region', { name: 'Heliobus devtools' })
    await panel.locator('[data-row]').filter({ hasText: 'user:registered' }).first().click()
    await panel.getByRole('tab', { name: 'Payload' }).click()
    await expect(panel.getByRole('complementary', { name: 'Inspector' })).toContainText(USER)
    shown.push(await panel.evaluate((element) => element.outerHTML), await tab.page.content())
  }
  const files = await readdir(station.folder)
  const written = await Promise.all(files.map((file) => readFile(join(station.folder, file), 'latin1')))
  const inBrowser = await observatory.evaluate(async ({ past }) => {
    const texts: string[] = []
    for await (const { event } of past!.log.read()) texts.push(JSON.stringify(event))
    return texts.join()
  })
  const there = (await second.events()).find(({ type }) => type === 'user:registered')

  // All of these know the user: they are where the secret would be.
  for (const [place, text] of Object.entries({
    frames: frames.join(),
    panel: shown.join(),
    file: written.join(),
    browser: inBrowser,
    tab: JSON.stringify(there),
  })) {
    expect(text.includes(USER), `${place} knows the user`).toBe(true)
    expect(text.includes(SECRET), `${place} knows the secret`).toBe(false)
  }
  expect(station.output).not.toContain(SECRET)
  expect(there?.data).toMatchObject({ password: '(masked)' })
  // Where it was published it is there.
  const here = await observatory.evaluate(({ bus }) => bus.history('user:registered')[0]?.data)
  expect(here).toMatchObject({ password: SECRET })
})
