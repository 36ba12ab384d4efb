import type { Page } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface AxeResults {
  readonly violations: readonly {
    readonly id: string
    readonly nodes: readonly { readonly html: string }[]
  }[]
}

declare global {
  interface Window {
    axe: { run(around: unknown): Promise<AxeResults> }
  }
}

/** What of the devtools, as they stand, breaks the rules of accessibility: each rule with the elements that break it. */
export async function faultsOf(page: Page): Promise<readonly (readonly string[])[]> {
  await page.evaluate(axe)
  const { violations } = await page.evaluate(() => window.axe.run({ include: ['heliobus-devtools'] }))
  return violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])
}
