import { bridge, createBus } from '@heliobus/core'
import { until } from '@heliobus/testing'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright'
import { Ledger } from '../../../testing/test/faults/ledger.ts'
import { Proxy } from '../../../testing/test/faults/proxy.ts'
import { SCALE } from '../../../testing/test/faults/scale.ts'
import { createWorld, urlOf, type World } from '../world.ts'
import { bundle } from '../../../../scripts/bundle.mjs'
import { chromiumPath, quietFlags } from '../../../../scripts/chromium.mjs'
import type { Tab, TabOptions, Told } from './page.ts'

declare const tab: Tab

/** Pages of one origin, a hub, and a network between them; what the pages say was accepted, and what the hub's bus handled. */
export interface Shop {
  readonly ledger: Ledger
  readonly network: Proxy
  /** What became of the events that were not accepted. */
  readonly refusals: readonly string[]
  /** Events of which the pages know that they were accepted. */
  readonly accepted: number
  readonly world: World
  /** What pages may do. */
  readonly rights: { publish: readonly string[]; subscribe: readonly string[] }
  /** The hub's bus publishes so many, some a task. */
  publish(key: string, first: number, count: number): Promise<void>
  /** A tab that is joined to the hub. */
  open(options?: Partial<TabOptions>): Promise<Page>
  /** Waits until all that was accepted is handled, at most so many ms. */
  settled(deadline?: number): Promise<void>
  close(): Promise<void>
}

/** A browser, and a site for its pages. */
export interface Stage {
  readonly browser: Browser
  readonly origin: string
  close(): Promise<void>
}

export async function openStage(): Promise<Stage> {
  const [{ origin, close }, browser] = await Promise.all([serve(), openBrowser()])
  return {
    browser,
    origin,
    async close() {
      await browser.close()
      close()
    },
  }
}

async function openBrowser(): Promise<Browser> {
  const executablePath = await chromiumPath()
  return chromium.launch({ args: quietFlags, ...(executablePath && { executablePath }) })
}

async function serve(): Promise<{ readonly origin: string; close(): void }> {
  const code = await bundle(new URL('page.ts', import.meta.url))
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html')
    response.end(`<!doctype html><title>tab</title><script type="module">${code}</script>`)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

export async function openShop({ browser, origin }: Stage): Promise<Shop> {
  const rights: Shop['rights'] = { publish: ['**'], subscribe: ['**'] }
  const world = await createWorld({ origins: [origin], authorize: () => rights })
  const network = await Proxy.to(() => world.port)
  const context = await browser.newContext({ baseURL: origin })
  const ledger = new Ledger()
  const refusals: string[] = []
  const bus = createBus({ source: 'hub', logger: { log: () => undefined } })
  await bridge(bus, world.hub, { send: ['**'] })
  bus.subscribe<'**'>('**', ({ id, subject, data, hops }) => {
    if (hops === 0) return
    ledger.handled.push({ id, key: subject!, n: Number(Reflect.get(Object(data), 'n')) })
  })
  bus.tap$.subscribe((signal) => void (signal.type === 'dropped' && ledger.repeats++))
  await context.exposeFunction('tell', (told: readonly Told[]) => {
    for (const [id, key, n, said] of told)
      if (said === 'accepted') ledger.published.push({ id, key, n })
      else refusals.push(said)
  })
  const name = `outbox ${crypto.randomUUID()}`
  return {
    ledger,
    network,
    refusals,
    world,
    rights,
    get accepted() {
      return ledger.published.length
    },
    async publish(key, first, count) {
      for (let n = first; n < first + count; n++) {
        bus.publish('news.read', { n }, { subject: key })
        if (n % 5 === 4) await setTimeout(1)
      }
    },
    open: async (options) => join(context, { url: urlOf(network), name, outbox: {}, ...options }),
    async settled(deadline = 20_000 * SCALE) {
      await until(() => ledger.verdict.lost === 0, 'all that was accepted is handled', deadline)
    },
    async close() {
      await context.close()
      await network.close()
      await bus.close()
      await world.close()
    },
  }
}

async function join(context: BrowserContext, options: TabOptions): Promise<Page> {
  const page = await context.newPage()
  await page.goto('/')
  await page.waitForFunction(() => 'tab' in globalThis)
  await page.evaluate((one) => tab.join(one), options)
  return page
}
