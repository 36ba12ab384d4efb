import type { Browser } from 'playwright'
import { withChromium } from '../browser/chromium.ts'
import { withSite } from '../browser/site.ts'
import type { PagePeer } from './page.ts'
import type { Send } from './peer.ts'

declare const peer: PagePeer

/** Both peers are pages. Undefined: there is no Chromium. */
export function withPages<T>(use: (send: Send) => Promise<T>): Promise<T | undefined> {
  return withChromium((browser) =>
    withSite(new URL('page.js', import.meta.url), async (origin) => use(await openPages(browser, origin))),
  )
}

async function openPages(browser: Browser, origin: string): Promise<Send> {
  const context = await browser.newContext({ baseURL: origin })
  const [receiver, sender] = [await context.newPage(), await context.newPage()]
  for (const page of [receiver, sender]) await page.goto('/')
  await receiver.evaluate(() => peer.receive())
  await sender.evaluate(async () => {
    peer.send = await peer.createSender()
  })
  return (...parameters) => sender.evaluate((all) => peer.send!(...all), parameters)
}
