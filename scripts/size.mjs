// What a user ships: a few lines bundled with the built packages, minified, gzip level 9, against the budgets in
// size.json. 1 kB is 1000 bytes.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { top } from './command.mjs'
import { sum, tally } from './tally.mjs'

/** @typedef {{ name: string, code: string, external: string[], bytes: number }} Budget */

/**
 * Gives the bundler the code as its entry, and the built packages under their names.
 * @param {string} code
 * @returns {import('vite').Plugin}
 */
function entry(code) {
  return {
    name: 'entry',
    enforce: 'pre',
    resolveId(id) {
      if (id === 'entry') return '\0entry'
      const [, name, inner = 'index'] = /^@heliobus\/([^/]+)(?:\/(.+))?$/.exec(id) ?? []
      return name ? join(top, 'packages', name, 'dist', `${inner}.js`) : undefined
    },
    load: (id) => (id === '\0entry' ? code : undefined),
  }
}

/** @param {Budget} budget */
async function bundle({ code, external }) {
  const { build } = await import('vite')
  const result = await build({
    configFile: false,
    logLevel: 'error',
    plugins: [entry(code)],
    build: { write: false, minify: true, rolldownOptions: { input: 'entry', external } },
  })
  if (!('output' in result)) throw new Error('The bundler answered with something else than a bundle')
  return result.output.map((chunk) => (chunk.type === 'chunk' ? chunk.code : '')).join('')
}

/** @param {number} bytes */
function kB(bytes) {
  return `${(bytes / 1000).toFixed(2)} kB`
}

/** @param {Budget} budget */
async function weigh(budget) {
  const { length } = gzipSync(await bundle(budget), { level: 9 })
  const fits = length <= budget.bytes
  console.log(`${fits ? '✓' : '✗'} ${budget.name}: ${kB(length)} of ${kB(budget.bytes)}`)
  return tally(fits)
}

/** Every budget is a test. */
export async function size() {
  /** @type {Budget[]} */
  const budgets = JSON.parse(readFileSync(new URL('size.json', import.meta.url), 'utf8'))
  return sum(await Promise.all(budgets.map(weigh)))
}
