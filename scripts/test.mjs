// npm test: sets everything up on a machine that has only Node and npm, then runs every suite.
import { check } from './check.mjs'
import { requireChromium } from './chromium.mjs'
import { requireRedis } from './redis.mjs'
import { setUp } from './setup.mjs'

/**
 * Without a Chromium or a Redis the tests that need one fail, and the others still run.
 * @param {() => Promise<unknown>} program
 */
async function prepare(program) {
  await program().catch((error) => console.error(error.message))
}

try {
  await setUp()
  await prepare(requireChromium)
  await prepare(requireRedis)
  process.exitCode = (await check()) ? 0 : 1
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
