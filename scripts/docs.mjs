// The code in README.md, CONTRIBUTING.md and docs/ is real: every ```ts fence is compiled, and more is asked of some:
//
//   ```ts          a module that stands alone
//   ```ts more     goes on where the page's fence before it ended
//   ```ts run      is also run; a ```text fence after it says what the whole module prints
//
// A fence becomes a module with its code on the very lines it has on the page, so that errors point into the page.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { capture, top } from './command.mjs'
import { brokenLinks, pages } from './pages.mjs'
import { sum, tally } from './tally.mjs'

/**
 * @typedef {object} Fence
 * @property {string} page
 * @property {string} name of the module
 * @property {string} extension
 * @property {string} code with the page's line numbers
 * @property {boolean} run
 * @property {string | undefined} prints
 */

const folder = join(top, 'docs/fences')
const opening = /^```(\w+)(.*)$/

/**
 * All fences of a page, of any language: where they begin and end, counted from 0, the marks not included.
 * @param {readonly string[]} lines
 */
function blocks(lines) {
  const found = []
  for (let at = 0; at < lines.length; at++) {
    const [, language, flags = ''] = opening.exec(lines[at] ?? '') ?? []
    if (!language) continue
    const begin = at + 1
    while (at + 1 < lines.length && lines[++at] !== '```');
    found.push({ language, flags: flags.trim().split(/\s+/), begin, end: at })
  }
  return found
}

/**
 * The lines of some blocks in their place, the rest of the page blank.
 * @param {readonly string[]} lines
 * @param {readonly { begin: number, end: number }[]} chain
 */
function inPlace(lines, chain) {
  return lines
    .map((line, at) => (chain.some(({ begin, end }) => begin <= at && at < end) ? line : ''))
    .join('\n')
}

/**
 * @param {string} page
 * @returns {Fence[]}
 */
function fencesOf(page) {
  const lines = readFileSync(join(top, page), 'utf8').split('\n')
  const all = blocks(lines)
  /** @type {typeof all} */
  let chain = []
  return all.flatMap((block, index) => {
    if (block.language !== 'ts' && block.language !== 'tsx') return []
    chain = block.flags.includes('more') ? [...chain, block] : [block]
    const next = all[index + 1]
    const prints = next?.language === 'text' ? lines.slice(next.begin, next.end).join('\n') : undefined
    const name = `${page.replaceAll(/[/.]/g, '-')}-${block.begin}`
    const code = inPlace(lines, chain)
    return { page, name, extension: block.language, code, run: block.flags.includes('run'), prints }
  })
}

/** @param {readonly Fence[]} fences */
function write(fences) {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const { name, extension, code } of fences) writeFileSync(join(folder, `${name}.${extension}`), code)
}

/**
 * @param {readonly Fence[]} fences
 * @returns {Promise<string[]>} what the compiler has against them, in the pages' own terms
 */
async function compile(fences) {
  const { code, output } = await capture('tsc', ['-b', 'docs', '--pretty', 'false'])
  let text = output
  for (const { name, page, extension } of fences)
    text = text.replaceAll(`docs/fences/${name}.${extension}(`, `${page}(`)
  return code === 0 ? [] : text.trim().split(/\n(?=\S)/)
}

/**
 * @param {Fence} fence
 * @returns {Promise<string | undefined>} what is wrong
 */
async function execute({ name, page, prints }) {
  const { code, output } = await capture('node', [join(folder, 'dist', `${name}.js`)])
  if (code !== 0) return `${page}: ${name} ended with code ${code}\n${output}`
  if (prints === undefined || output.trimEnd() === prints.trimEnd()) return undefined
  return `${page}: ${name} printed\n${output}\ninstead of\n${prints}`
}

/** Every fence is a test, one that runs is two; the links of a page are one more. */
export async function docs() {
  const fences = pages().flatMap(fencesOf)
  write(fences)
  const errors = await compile(fences)
  const runs = await Promise.all(fences.filter(({ run }) => run).map(execute))
  const links = pages().map((page) => brokenLinks(page).join('\n'))
  for (const error of [...errors, ...runs, ...links]) if (error) console.log(`✗ ${error}`)
  const compiled = fences.slice(errors.length).map(() => tally(true))
  return sum([...compiled, ...[...errors, ...runs, ...links].map((error) => tally(!error))])
}
