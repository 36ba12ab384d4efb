// npm run test:chaos [filter…]: the tests of faults, longer than `npm test` runs them; then what became of the events in each.
// CHAOS says how many times as long (default 10), SEED what is random.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { run } from './command.mjs'

/**
 * What a test of a fault has written: a line of JSON each.
 * @typedef {{ fault: string, accepted: number, handled: number, buried: number, duplicates: number, disordered: number, lost: number, gaps: number }} Line
 */

const columns = /** @type {const} */ ([
  'accepted',
  'handled',
  'buried',
  'duplicates',
  'disordered',
  'lost',
  'gaps',
])

/**
 * @param {string} file
 * @returns {Line[]}
 */
function linesOf(file) {
  if (!existsSync(file)) return [] // no test has come so far
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  return lines.map((line) => JSON.parse(line))
}

/** @param {readonly Line[]} lines */
function print(lines) {
  const width = Math.max(0, ...lines.map(({ fault }) => fault.length)) + 2
  console.log(`\n${'fault'.padEnd(width)}${columns.map((name) => name.padStart(12)).join('')}`)
  for (const line of lines)
    console.log(line.fault.padEnd(width) + columns.map((name) => String(line[name]).padStart(12)).join(''))
}

const ledger = resolve('reports/chaos.jsonl')
mkdirSync('reports', { recursive: true })
rmSync(ledger, { force: true })
process.env.CHAOS ??= '10'
process.env.CHAOS_LEDGER = ledger

const filters = process.argv.slice(2)
const tests = filters.length > 0 ? filters : ['/faults/', '/tabs/', 'fuzz']
const ok = await run('vitest', ['run', '--project', 'unit', '--no-file-parallelism', ...tests])
print(linesOf(ledger))
process.exitCode = ok ? 0 : 1
