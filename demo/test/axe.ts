import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'
import type * as Axe from 'axe-core'

const path = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

/** Puts axe into a page; the function that comes back tells what it finds there now. */
export async function axe(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(await readFile(path, 'utf8'))
  return () =>
    page.evaluate(async () => {
      const global = globalThis as typeof globalThis & { readonly axe: typeof Axe }
      const found = await global.axe.run()
      return found.violations.map(
        ({ id, nodes }) =>
          `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('\n')}`,
      )
    })
}
