// npm test: sets everything up on a machine that has only Node and npm, then runs every suite.
import { check } from './check.mjs'
import { requireChromium } from './chromium.mjs'
import { requirePostgres } from './postgres.mjs'
import { requireRedis } from './redis.mjs'
import { setUp } from './setup.mjs'

/**
 * Without a Chromium, a Redis or a PostgreSQL the tests that need one fail, and the others still run.
 * @param {() => Promise<unknown>} program
 */
async function prepare(program) {
  await program().catch((error) => console.error(error.message))
}

try {
  await setUp()
  await prepare(requireChromium)
  await prepare(requireRedis)
  if (process.env.DATABASE_URL === undefined) await prepare(requirePostgres)
  process.exitCode = (await check()) ? 0 : 1
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
