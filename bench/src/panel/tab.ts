import type { Browser, CDPSession, Page } from 'playwright'

/** What the main thread of a page has done so far. */
export interface Metrics {
  /** ms in which it computed: what it waited for a core does not count. */
  readonly busy: number
  /** Bytes in use. */
  readonly heap: number
  readonly nodes: number
}

/** A page with `page.ts` in it, and what DevTools know of it. */
export class Tab {
  readonly page: Page
  readonly #devtools: CDPSession

  private constructor(page: Page, devtools: CDPSession) {
    this.page = page
    this.#devtools = devtools
  }

  /** Opens a page of its own, calls `use`, and closes it. An error in the page is an error here. */
  static async with<T>(browser: Browser, origin: string, use: (tab: Tab) => Promise<T>): Promise<T> {
    const context = await browser.newContext({ baseURL: origin, viewport: { width: 1_280, height: 800 } })
    const page = await context.newPage()
    const failed = new Promise<never>((_, reject) => page.once('pageerror', reject))
    try {
      await page.goto('/')
      const devtools = await context.newCDPSession(page)
      await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
      return await Promise.race([use(new Tab(page, devtools)), failed])
    } finally {
      await context.close()
    }
  }

  /** Presses the keys that open the panel and close it. */
  async toggle(): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+Shift+E')
  }

  /** Leaves nothing that could be collected. */
  async collect(): Promise<void> {
    for (let n = 0; n < 3; n++) await this.#devtools.send('HeapProfiler.collectGarbage')
  }

  async metrics(): Promise<Metrics> {
    const { metrics } = await this.#devtools.send('Performance.getMetrics')
    const valueOf = (name: string): number => {
      const found = metrics.find((one) => one.name === name)
      if (found === undefined) throw new Error(`the browser tells no ${name}`)
      return found.value
    }
    return { busy: valueOf('TaskDuration') * 1_000, heap: valueOf('JSHeapUsedSize'), nodes: valueOf('Nodes') }
  }
}
