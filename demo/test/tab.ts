import {
  type BrowserContext,
  expect,
  type JSHandle,
  type Locator,
  type Page,
  test as base,
} from '@playwright/test'
import type { BusEvent } from '@heliobus/core'
import type { Observatory } from '../src/observatory.ts'
import { ServicesPanel } from './services-panel.ts'

/** A page of the demo, and what a visitor reads and does there. */
class Tab {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async burst(): Promise<void> {
    await this.page.bringToFront() // behind others its slices come one a second
    await this.page.getByRole('button', { name: 'Burst of 1,000' }).click()
  }

  async storm(): Promise<void> {
    await this.page.getByRole('button', { name: 'Storm now' }).click()
  }

  async number(id: string): Promise<number> {
    return toNumber(await this.page.getByTestId(id).innerText())
  }

  /** What was published here, once nothing more comes: no handler is at work, and none will be. */
  async quiet(atLeast = 1_000): Promise<number> {
    await expect
      .poll(async () => (await this.number('here')) >= atLeast && (await this.number('in-flight')) === 0, {
        timeout: 60_000,
      })
      .toBe(true)
    return this.number('here')
  }

  /** By how many px the page is wider than the window. */
  async sticksOut(): Promise<number> {
    return this.page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement
      return scrollWidth - clientWidth
    })
  }

  /** What runs in the page, as its console has it. */
  async observatory(): Promise<JSHandle<Observatory>> {
    return this.page.evaluateHandle<Observatory>('observatory')
  }

  /** All that was published so far, oldest first. */
  async events(): Promise<readonly BusEvent[]> {
    const observatory = await this.observatory()
    return observatory.evaluate(({ bus }) => bus.history().toReversed())
  }

  /** How many events the browser keeps. */
  async kept(): Promise<number> {
    const observatory = await this.observatory()
    return observatory.evaluate(({ past }) => past?.log.count() ?? 0)
  }

  /** Their ids: those of all tabs, and more than a history holds. */
  async keptIds(): Promise<string[]> {
    const observatory = await this.observatory()
    return observatory.evaluate(async ({ past }) => {
      const ids: string[] = []
      for await (const { event } of past!.log.read()) ids.push(event.id)
      return ids
    })
  }

  /** So many people, each of whom asks for a new password. */
  async forgetPasswords(people: number): Promise<void> {
    const observatory = await this.observatory()
    await observatory.evaluate(({ bus }, many) => {
      for (let one = 1; one <= many; one++) {
        const userId = `u7-${one}`
        bus.publish('password.reset.requested', { user_id: userId, reset_id: `reset-${one}` }, { userId })
      }
    }, people)
  }

  /** What makes the mail service fail. */
  get mailSwitch(): Locator {
    return this.page.getByRole('switch', { name: 'Email service fails' })
  }

  /** The card about the ground station. */
  get station(): Locator {
    return this.page.getByTestId('station')
  }

  /** What there is to see of the services over Redis. */
  get services(): ServicesPanel {
    return new ServicesPanel(this.page)
  }

  /** What cuts the cable to the hub. */
  get cable(): Locator {
    return this.page.getByRole('switch', { name: 'Cut the cable' })
  }

  async uplink(status: 'connected' | 'lost'): Promise<void> {
    await expect(this.page.getByTestId('uplink')).toHaveText(status, { timeout: 45_000 })
  }

  module(name: string): Locator {
    return this.page.getByTestId(`module-${name}`)
  }

  /** How often each type happened. */
  async counts(): Promise<Record<string, number>> {
    const rows = await this.page
      .locator('[data-testid=types] tr')
      .evaluateAll((found) =>
        found.map(
          (row) => [row.getAttribute('data-type') ?? '', row.children[1]?.textContent ?? ''] as const,
        ),
      )
    return Object.fromEntries(rows.map(([type, text]) => [type, toNumber(text)]))
  }

  /** Ids of the newest events, those that have crossed `hops` bridges. */
  async newest(hops: 0 | 1): Promise<string[]> {
    return this.page
      .locator(`[data-testid=live] [data-hops="${hops}"]`)
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-id') ?? ''))
  }

  /** The types of the newest events, newest first. */
  async types(): Promise<string[]> {
    return this.page.getByTestId('live').locator('td:nth-child(2)').allInnerTexts()
  }
}

function toNumber(text: string): number {
  return Number(text.replaceAll(',', ''))
}

/** What the console says while mails fail. */
export const MAIL_FAILS = /the mail service does not answer|alert "[\w-]+"/

/** What it says when the machine has much else to do. */
const BUSY = /alert "slow"/

/** What it says while the hub can't be reached. */
export const HUB_AWAY = /WebSocket connection to|ERR_CONNECTION|ERR_EMPTY_RESPONSE|station\.json failed/

interface Options {
  /** What the console may say in a test where something fails on purpose. */
  readonly allowed: RegExp | undefined
}

interface Fixtures {
  /** Opens a tab beside those that are open. What goes wrong in any of them fails the test. */
  readonly open: (search?: string) => Promise<Tab>
}

export const test = base.extend<Fixtures & Options>({
  allowed: [undefined, { option: true }],
  async open({ context, allowed }, use) {
    const complaints = listen(context)
    await use(async (search = '?seed=7&paused&devtools=closed') => {
      const page = await context.newPage()
      await page.goto(`/${search}`)
      await expect(page.getByTestId('link')).toHaveText('open')
      return new Tab(page)
    })
    expect(complaints.filter((complaint) => !BUSY.test(complaint) && !allowed?.test(complaint))).toEqual([])
  },
})

function listen(context: BrowserContext): string[] {
  const complaints: string[] = []
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  context.on('weberror', (error) => complaints.push(error.error().message))
  context.on('requestfailed', (request) => complaints.push(`${request.url()} failed`))
  context.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.url()} answered ${response.status()}`)
  })
  return complaints
}
