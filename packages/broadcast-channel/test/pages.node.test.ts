import type { Transport } from '@heliobus/core'
import { declareContract, transportContract } from '@heliobus/testing'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Browser, chromium, type Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromiumPath, quietFlags } from '../../../scripts/chromium.mjs'
import { broadcastChannel } from '../src/index.ts'
import { bundle } from '../../../scripts/bundle.mjs'
import type { PageTab } from './page.ts'
import type { Note, PeerHost } from './peer-host.ts'
import { RemoteTransports } from './remote-transport.ts'

declare const tab: PageTab

const { traits } = broadcastChannel('any')

let browser: Browser
let server: Server
let tabs: readonly [Tab, Tab, Tab]

beforeAll(async () => {
  const code = await bundle(new URL('page.ts', import.meta.url))
  server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html')
    response.end(`<!doctype html><title>tab</title><script type="module">${code}</script>`)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const executablePath = await chromiumPath()
  browser = await chromium.launch({
    args: quietFlags,
    ignoreDefaultArgs: ['--disable-back-forward-cache'], // as browsers of users are
    ...(executablePath && { executablePath }),
  })
  const context = await browser.newContext({ baseURL: `http://127.0.0.1:${port}` })
  const open = async (): Promise<Tab> => new Tab(await context.newPage()).load()
  tabs = [await open(), await open(), await open()]
}, 60_000)

afterAll(async () => {
  await browser?.close()
  server?.close()
})

/** A page, and the links in it. */
class Tab implements PeerHost {
  readonly page: Page
  readonly transports = new RemoteTransports(this, traits)

  constructor(page: Page) {
    this.page = page
  }

  async load(): Promise<this> {
    await this.page.exposeFunction('note', (note: Note) => this.transports.hear(note))
    await this.page.goto('/')
    return this
  }

  open(...parameters: Parameters<PeerHost['open']>): Promise<void> {
    return this.page.evaluate((all) => tab.host.open(...all), parameters)
  }

  send(...parameters: Parameters<PeerHost['send']>): Promise<void> {
    return this.page.evaluate((all) => tab.host.send(...all), parameters)
  }

  close(link: string): Promise<void> {
    return this.page.evaluate((name) => tab.host.close(name), link)
  }
}

describe('the transport contract over three pages of a browser', () => {
  const peers = async (): Promise<readonly [Transport, Transport, Transport]> => {
    const world = crypto.randomUUID()
    const [one, other, third] = tabs
    return [one.transports.in(world), other.transports.in(world), third.transports.in(world)]
  }
  declareContract(transportContract, { traits, peers }, test)
})

describe('two tabs with a bus each', () => {
  async function join(): Promise<string> {
    const channel = crypto.randomUUID()
    for (const { page } of tabs.slice(0, 2)) await page.evaluate((name) => tab.join(name), channel)
    return channel
  }

  const handled = ({ page }: Tab, channel: string): Promise<unknown[] | undefined> =>
    page.evaluate((name) => tab.handled(name), channel)

  const publish = ({ page }: Tab, channel: string, count: number, from: number): Promise<void> =>
    page.evaluate(
      ([name, total, first]) => {
        for (let index = 0; index < total; index++) tab.publish(name, first + index)
      },
      [channel, count, from] as const,
    )

  const waitFor = ({ page }: Tab, channel: string, count: number): Promise<unknown> =>
    page.waitForFunction(([name, total]) => tab.handled(name)!.length >= total, [channel, count] as const)

  test('each sees the events of both once, in the order of their sender', async () => {
    const [one, other] = tabs
    const channel = await join()
    await publish(one, channel, 500, 0)
    await publish(other, channel, 500, 1_000)
    await Promise.all([waitFor(one, channel, 1_000), waitFor(other, channel, 1_000)])
    const expected = [...range(0, 500), ...range(1_000, 1_500)]
    for (const each of [one, other]) {
      const seen = (await handled(each, channel))?.map(Number) ?? []
      expect(seen.toSorted((a, b) => a - b)).toEqual(expected)
      expect(seen.filter((data) => data < 1_000)).toEqual(range(0, 500))
      expect(seen.filter((data) => data >= 1_000)).toEqual(range(1_000, 1_500))
    }
  })

  test('what a tab publishes while it is being left arrives', async () => {
    const [one, other] = tabs
    const channel = await join()
    await other.page.evaluate(
      (name) => addEventListener('pagehide', () => tab.publish(name, 'goodbye')),
      channel,
    )
    await other.page.goto('/?elsewhere')
    await waitFor(one, channel, 1)
    expect(await handled(one, channel)).toEqual(['goodbye'])
    await other.page.goto('/')
  })

  test('a tab that comes back by the back button is told of the gap, and hears the others again', async () => {
    const [one, other] = tabs
    const channel = await join()
    await other.page.goto('/?elsewhere')
    await publish(one, channel, 3, 0)
    await other.page.goBack({ waitUntil: 'commit' })
    await other.page.waitForFunction((name) => tab.signals(name)?.includes('gap'), channel)
    await publish(one, channel, 1, 100)
    await waitFor(other, channel, 1)
    expect(await handled(other, channel)).toEqual([100])
    const signals = await other.page.evaluate((name) => tab.signals(name), channel)
    expect(signals).toEqual(['connecting', 'open', 'lost', 'gap', 'open'])
  })
})

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index)
}
