import { type Browser, chromium } from 'playwright'
import { build } from 'vite'
import { fileURLToPath } from 'node:url'
import { chromiumPath, quietFlags } from '../../../../scripts/chromium.mjs'

/** Throws with what to do when there is none. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = await chromiumPath()
  if (executablePath === undefined)
    throw new Error(
      'No Chromium was found: set CHROMIUM_PATH, or run `npm test`, which installs one where it can',
    )
  return chromium.launch({ executablePath, args: quietFlags })
}

/** The page's script and all it imports, in one text. */
export async function bundlePage(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['@heliobus/source', 'module', 'browser', 'development|production'] },
    build: {
      write: false,
      minify: false,
      rolldownOptions: { input: fileURLToPath(new URL('page.ts', import.meta.url)) },
    },
  })
  const outputs = Array.isArray(result) || !('output' in result) ? [] : result.output
  const chunks = outputs.flatMap((one) => (one.type === 'chunk' ? [one.code] : []))
  if (chunks.length !== 1) throw new Error('the page is not one script')
  return chunks[0]!
}
