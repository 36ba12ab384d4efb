// npm test: sets everything up on a machine that has only Node and npm, then runs every suite.
import { check } from './check.mjs'
import { requireChromium } from './chromium.mjs'
import { setUp } from './setup.mjs'

/** Without a Chromium the suites that need one fail, and the others still run. */
async function prepareChromium() {
  await requireChromium().catch((error) => console.error(error.message))
}

try {
  await setUp()
  await prepareChromium()
  process.exitCode = (await check()) ? 0 : 1
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
