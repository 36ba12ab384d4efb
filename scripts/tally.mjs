// Counting what passed, and naming what failed.
import { readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { run, top } from './command.mjs'

/** @typedef {{ passed: number, failed: number, skipped: number, failures: readonly string[] }} Tally */

/** @type {Tally} */
const success = { passed: 1, failed: 0, skipped: 0, failures: [] }
/** @type {Tally} */
export const failure = { passed: 0, failed: 1, skipped: 0, failures: [] }

/** @param {boolean} passed */
export function tally(passed) {
  return passed ? success : failure
}

/**
 * @param {readonly Tally[]} tallies
 * @returns {Tally}
 */
export function sum(tallies) {
  /** @param {Exclude<keyof Tally, 'failures'>} key */
  const total = (key) => tallies.reduce((count, each) => count + each[key], 0)
  const failures = tallies.flatMap((each) => each.failures)
  return { passed: total('passed'), failed: total('failed'), skipped: total('skipped'), failures }
}

/**
 * A run that ended badly has failed at least once, whatever it counted: a file that doesn't load holds no tests.
 * @param {boolean} succeeded
 * @param {Tally} counts
 * @returns {Tally}
 */
function honest(succeeded, counts) {
  const unnamed = { ...failure, failures: ['it ended badly, and no test failed: its output above tells why'] }
  return succeeded || counts.failed ? counts : sum([counts, unnamed])
}

/**
 * Runs a test runner that leaves a JSON report, and counts its tests.
 * @param {string} report
 * @param {(report: any) => Tally} count
 * @param {(path: string) => Promise<boolean>} runner
 */
async function counted(report, count, runner) {
  const path = join(top, 'reports', report)
  rmSync(path, { force: true })
  const succeeded = await runner(path)
  return honest(succeeded, count(JSON.parse(readFileSync(path, 'utf8'))))
}

/**
 * @typedef {{ status: string, fullName: string, failureMessages: readonly string[] }} VitestTest
 * @typedef {{ name: string, status: string, message: string, assertionResults: readonly VitestTest[] }} VitestFile
 */

/**
 * What failed in a file, and why. One that doesn't load holds no tests, and has failed all the same.
 * @param {VitestFile} file
 */
function vitestFailures({ name, status, message, assertionResults }) {
  const path = relative(top, name)
  const tests = assertionResults.filter((test) => test.status === 'failed')
  if (status === 'failed' && !tests.length) return [`${path}: ${message}`]
  return tests.map(
    ({ fullName, failureMessages }) => `${path}: ${fullName}\n${failureMessages.map(ours).join('\n')}`,
  )
}

/**
 * An error without the calls that are not the project's.
 * @param {string} error
 */
function ours(error) {
  const lines = error.split('\n')
  return lines.filter((line) => !line.includes('node_modules')).join('\n')
}

/**
 * @param {any} report
 * @returns {Tally}
 */
function countVitest({ testResults, numPassedTests, numPendingTests, numTodoTests }) {
  const failures = testResults.flatMap(vitestFailures)
  return {
    passed: numPassedTests,
    failed: failures.length,
    skipped: numPendingTests + numTodoTests,
    failures,
  }
}

/**
 * @typedef {{ results: readonly { errors: readonly { message: string }[] }[] }} PlaywrightTries
 * @typedef {{ title: string, file: string, ok: boolean, tests: readonly PlaywrightTries[] }} PlaywrightTest
 * @typedef {{ specs: readonly PlaywrightTest[], suites?: readonly PlaywrightSuite[] }} PlaywrightSuite
 */

/** @param {PlaywrightTest} test */
function playwrightFailure({ file, title, tests }) {
  const errors = tests.flatMap(({ results }) => results.flatMap((result) => result.errors))
  return [`${file}: ${title}`, ...errors.map((error) => error.message)].join('\n')
}

/**
 * @param {PlaywrightSuite} suite
 * @returns {readonly string[]}
 */
function playwrightFailures({ specs, suites = [] }) {
  const failed = specs.filter((spec) => !spec.ok).map(playwrightFailure)
  return [...failed, ...suites.flatMap(playwrightFailures)]
}

/**
 * @param {any} report
 * @returns {Tally}
 */
function countPlaywright({ stats, suites }) {
  const failures = suites.flatMap(playwrightFailures)
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped, failures }
}

/**
 * The tests of a project of vite.config.ts.
 * @param {string} project
 */
export function vitest(project) {
  const reporters = ['--reporter=default', '--reporter=json']
  return counted(`${project}.json`, countVitest, (path) =>
    run('vitest', ['run', '--project', project, ...reporters, `--outputFile.json=${path}`]),
  )
}

/**
 * The Playwright tests of a folder.
 * @param {string} folder
 * @param {Record<string, string>} env
 */
export function playwright(folder, env) {
  return counted(`${folder}.json`, countPlaywright, (path) =>
    run('playwright', ['test', '--reporter=list,json'], {
      cwd: join(top, folder),
      env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: path },
    }),
  )
}
