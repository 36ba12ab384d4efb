import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium } from 'playwright'
import { build } from 'vite'
import type { PagePeer } from './page.ts'
import type { Send } from './peer.ts'

declare const peer: PagePeer

interface Installed {
  readonly quietFlags: string[]
  chromiumPath(): Promise<string | undefined>
}

/** Both peers are pages. Undefined: there is no Chromium. */
export async function withPages<T>(use: (send: Send) => Promise<T>): Promise<T | undefined> {
  const installed: Installed = await import(new URL('../../../scripts/chromium.mjs', import.meta.url).href)
  const executablePath = await installed.chromiumPath()
  if (executablePath === undefined) return undefined
  const server = await serve(await bundle())
  const browser = await chromium.launch({ executablePath, args: installed.quietFlags })
  try {
    return await use(await openPages(browser, server))
  } finally {
    await browser.close()
    server.close()
  }
}

async function bundle(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, rolldownOptions: { input: fileURLToPath(new URL('page.js', import.meta.url)) } },
  })
  const [chunk] = Array.isArray(result) || !('output' in result) ? [] : result.output
  if (chunk?.type !== 'chunk') throw new Error('the bundler answered with something else than a module')
  return chunk.code
}

async function serve(code: string): Promise<Server> {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html')
    response.end(`<!doctype html><title>peer</title><script type="module">${code}</script>`)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

async function openPages(browser: Browser, server: Server): Promise<Send> {
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const context = await browser.newContext({ baseURL: `http://127.0.0.1:${port}` })
  const [receiver, sender] = [await context.newPage(), await context.newPage()]
  for (const page of [receiver, sender]) await page.goto('/')
  await receiver.evaluate(() => peer.receive())
  await sender.evaluate(async () => {
    peer.send = await peer.createSender()
  })
  return (...parameters) => sender.evaluate((all) => peer.send!(...all), parameters)
}
