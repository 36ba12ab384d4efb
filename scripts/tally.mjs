// Counting what passed.
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { run, top } from './command.mjs'

/** @typedef {{ passed: number, failed: number, skipped: number }} Tally */

/** @type {Tally} */
const success = { passed: 1, failed: 0, skipped: 0 }
/** @type {Tally} */
export const failure = { passed: 0, failed: 1, skipped: 0 }

/** @param {boolean} passed */
export function tally(passed) {
  return passed ? success : failure
}

/**
 * @param {readonly Tally[]} tallies
 * @returns {Tally}
 */
export function sum(tallies) {
  /** @param {keyof Tally} key */
  const total = (key) => tallies.reduce((count, each) => count + each[key], 0)
  return { passed: total('passed'), failed: total('failed'), skipped: total('skipped') }
}

/**
 * A run that ended badly has failed at least once, whatever it counted: a file that doesn't load holds no tests.
 * @param {boolean} succeeded
 * @param {Tally} counts
 * @returns {Tally}
 */
function honest(succeeded, counts) {
  return succeeded || counts.failed ? counts : sum([counts, failure])
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
 * A test file that doesn't load holds no tests, and has failed all the same.
 * @param {any} report
 * @returns {Tally}
 */
function countVitest({ testResults, numPassedTests, numFailedTests, numPendingTests, numTodoTests }) {
  /** @param {{ status: string, assertionResults: readonly { status: string }[] }} file */
  const broken = ({ status, assertionResults }) =>
    status === 'failed' && assertionResults.every((test) => test.status !== 'failed')
  return {
    passed: numPassedTests,
    failed: numFailedTests + testResults.filter(broken).length,
    skipped: numPendingTests + numTodoTests,
  }
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
  return counted(
    `${folder}.json`,
    ({ stats }) => ({
      passed: stats.expected,
      failed: stats.unexpected + stats.flaky,
      skipped: stats.skipped,
    }),
    (path) =>
      run('playwright', ['test', '--reporter=list,json'], {
        cwd: join(top, folder),
        env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: path },
      }),
  )
}
