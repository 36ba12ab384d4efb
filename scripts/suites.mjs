// What `pnpm check` and `npm test` run, in this order. Each suite answers with what passed and what failed.
import { chromiumPath } from './chromium.mjs'
import { run } from './command.mjs'
import { docs } from './docs.mjs'
import { examples } from './examples.mjs'
import { packages, prune } from './packages.mjs'
import { freePort } from './port.mjs'
import { size } from './size.mjs'
import { playwright, sum, tally, vitest } from './tally.mjs'

/** @import { Tally } from './tally.mjs' */

async function requireBrowser() {
  if (!(await chromiumPath())) throw new Error('No Chromium was found: `npm test` installs one where it can')
}

async function build() {
  prune()
  return tally(await run('tsc', ['-b', 'packages', 'devtools']))
}

async function format() {
  return tally(await run('oxfmt', ['--check']))
}

async function lint() {
  return tally(await run('oxlint', ['--type-aware', '--deny-warnings', '--report-unused-disable-directives']))
}

/** The whole house, tests and scripts included, then the tests of types, each counted. */
async function types() {
  const compiled = tally(await run('tsc', ['-b']))
  return sum([compiled, await vitest('types')])
}

async function unit() {
  return vitest('unit')
}

/** What renders, on the oldest React that is promised. */
async function react18() {
  return vitest('react18')
}

async function browser() {
  await requireBrowser()
  return vitest('browser')
}

/** Against the built demo and the devtools' own pages, each served on a port of its own. */
async function e2e() {
  await requireBrowser()
  const demo = await playwright('demo', { PORT: String(await freePort()) })
  return sum([demo, await playwright('devtools', { PORT: String(await freePort()) })])
}

async function knip() {
  return tally(await run('knip', []))
}

/** @type {Record<string, () => Promise<Tally>>} */
export const suites = {
  build,
  format,
  lint,
  types,
  unit,
  react18,
  browser,
  e2e,
  examples,
  docs,
  knip,
  packages,
  size,
}
