// What a user ships: a few lines bundled with the built packages, minified, gzip level 9, against the budgets in
// size.json. 1 kB is 1000 bytes.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { top } from './command.mjs'
import { sum, tally } from './tally.mjs'

/**
 * @typedef {object} Budget
 * @property {string} name
 * @property {string} code
 * @property {string[]} external
 * @property {readonly [from: number, to: number]} [loads] only what comes with these loads: 0 is the start, 1 what that
 *   loads later, 2 what that loads in turn; all unless given
 * @property {number} bytes
 */

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
      return name ? join(top, folderOf(name), 'dist', `${inner}.js`) : undefined
    },
    load(id) {
      // The bundler's own way to load a chunk is not what is weighed.
      if (id === '\0vite/preload-helper.js') return 'export const __vitePreload = (load) => load()'
      return id === '\0entry' ? code : undefined
    },
  }
}

/** @param {string} name */
function folderOf(name) {
  return name === 'devtools' ? name : join('packages', name)
}

/** @param {Budget} budget */
async function bundle({ code, external, loads: [from, to] = [0, Number.POSITIVE_INFINITY] }) {
  const { build } = await import('vite')
  const result = await build({
    configFile: false,
    logLevel: 'error',
    plugins: [entry(code)],
    build: {
      write: false,
      minify: true,
      modulePreload: false,
      rolldownOptions: { input: 'entry', external },
    },
  })
  if (!('output' in result)) throw new Error('The bundler answered with something else than a bundle')
  const chunks = result.output.filter((chunk) => chunk.type === 'chunk')
  const depthOf = depths(chunks)
  return chunks
    .filter(({ fileName }) => from <= depthOf(fileName) && depthOf(fileName) <= to)
    .map((chunk) => chunk.code)
    .join('')
}

/**
 * With which load a file comes: what is imported comes along, what is imported dynamically comes one later.
 * @param {readonly import('vite').Rolldown.OutputChunk[]} chunks
 * @returns {(fileName: string) => number}
 */
function depths(chunks) {
  const found = new Map(chunks.filter(({ isEntry }) => isEntry).map(({ fileName }) => [fileName, 0]))
  /** @param {string} name @param {number} depth */
  const visit = (name, depth) => {
    const chunk = chunks.find(({ fileName }) => fileName === name)
    if (chunk === undefined || (found.get(name) ?? Number.POSITIVE_INFINITY) <= depth) return
    found.set(name, depth)
    descend(chunk, depth)
  }
  /** @param {import('vite').Rolldown.OutputChunk} chunk @param {number} depth */
  const descend = ({ imports, dynamicImports }, depth) => {
    for (const name of imports) visit(name, depth)
    for (const name of dynamicImports) visit(name, depth + 1)
  }
  for (const chunk of chunks) if (chunk.isEntry) descend(chunk, 0)
  return (name) => found.get(name) ?? 0
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
