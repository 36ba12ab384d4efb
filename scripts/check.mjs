// pnpm check [suite…]: runs the named suites, or all of them, without installing anything.
import { pathToFileURL } from 'node:url'
import { suites } from './suites.mjs'
import { failure, sum } from './tally.mjs'

/** @import { Tally } from './tally.mjs' */
/** @typedef {Tally & { name: string, seconds: number }} Row */

/**
 * One suite, timed. One that throws has failed: nothing is skipped in silence.
 * @param {string} name
 * @returns {Promise<Row>}
 */
async function runSuite(name) {
  console.log(`\n── ${name} ──`)
  const begun = performance.now()
  const tally = await attempt(suites[name])
  const seconds = (performance.now() - begun) / 1000
  console.log(`── ${name}: ${tally.failed ? 'FAILED' : 'ok'} in ${seconds.toFixed(1)} s`)
  return { name, seconds, ...tally }
}

/** @param {(() => Promise<Tally>) | undefined} suite */
async function attempt(suite) {
  try {
    if (!suite) throw new Error(`There is no such suite. There are: ${Object.keys(suites).join(', ')}`)
    return await suite()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return failure
  }
}

/** @param {readonly Row[]} rows */
function printTable(rows) {
  console.log(`\n${line('suite', 'passed', 'failed', 'skipped', 'seconds')}`)
  for (const { name, passed, failed, skipped, seconds } of rows) {
    console.log(line(name, passed, failed, skipped, seconds.toFixed(1)))
  }
}

/**
 * What failed, again, where whoever reads only the end of a log finds it.
 * @param {readonly Row[]} rows
 */
function printFailures(rows) {
  for (const { name, failures } of rows) {
    for (const each of failures) console.log(`\n✗ ${name}: ${each}`)
  }
}

/** @param {readonly (string | number)[]} cells */
function line(...cells) {
  return cells.map((cell, index) => (index ? String(cell).padStart(9) : String(cell).padEnd(10))).join('')
}

/**
 * Runs suites one after another; the last line printed is `N passed, N failed`.
 * @param {readonly string[]} [names] all of them unless given
 * @returns {Promise<boolean>} whether everything passed
 */
export async function check(names = []) {
  /** @type {Row[]} */
  const rows = []
  for (const name of names.length ? names : Object.keys(suites)) rows.push(await runSuite(name))
  printFailures(rows)
  printTable(rows)
  const { passed, failed } = sum(rows)
  console.log(`\n${passed} passed, ${failed} failed`)
  return failed === 0
}

const called = process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href
if (called) process.exitCode = (await check(process.argv.slice(2))) ? 0 : 1
