import { type Browser, chromium } from 'playwright'

interface Installed {
  readonly quietFlags: string[]
  chromiumPath(): Promise<string | undefined>
}

/** Starts the browser that the tests use, and ends it. Undefined: there is no Chromium. */
export async function withChromium<T>(use: (browser: Browser) => Promise<T>): Promise<T | undefined> {
  const installed: Installed = await import(new URL('../../../scripts/chromium.mjs', import.meta.url).href)
  const executablePath = await installed.chromiumPath()
  if (executablePath === undefined) return undefined
  const browser = await chromium.launch({ executablePath, args: installed.quietFlags })
  try {
    return await use(browser)
  } finally {
    await browser.close()
  }
}
