// What is published: each package as a stranger's tools see it, and its package.json against what was built.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { run, top } from './command.mjs'
import { pnpm } from './setup.mjs'
import { sum, tally } from './tally.mjs'

function folders() {
  const found = readdirSync(join(top, 'packages')).map((name) => join(top, 'packages', name))
  return [...found, join(top, 'devtools')].filter((path) => existsSync(join(path, 'package.json')))
}

/** Removes what an earlier build left of sources that are gone: the compiler doesn't, and it would be published. */
export function prune() {
  for (const folder of folders()) for (const file of leftovers(folder)) rmSync(file)
}

/** @param {string} folder */
function leftovers(folder) {
  const dist = join(folder, 'dist')
  if (!existsSync(dist)) return []
  return readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(js|d\.ts)(\.map)?$/.test(path) && !hasSource(folder, path))
    .map((path) => join(dist, path))
}

/**
 * @param {string} folder
 * @param {string} built
 */
function hasSource(folder, built) {
  const stem = join(folder, 'src', built.replace(/\.(js|d\.ts)(\.map)?$/, ''))
  return existsSync(`${stem}.ts`) || existsSync(`${stem}.tsx`)
}

/** @typedef {Readonly<Record<string, string>>} Targets where an entry leads to, by condition */

/**
 * Every entry is built, and its source, types and code are one and the same module. In development it may lead to
 * another entry.
 * @param {string} folder
 */
function entriesAgree(folder) {
  /** @type {{ name: string, exports: Record<string, Targets> }} */
  const { name, exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const entries = new Set(Object.values(exports).map(({ default: code }) => code))
  const faults = Object.entries(exports).flatMap(([entry, { development, ...targets }]) =>
    [...entryFaults(folder, targets), ...developmentFaults(entries, development)].map(
      (fault) => `✗ ${name} exports "${entry}": ${fault}`,
    ),
  )
  for (const fault of faults) console.log(fault)
  return faults.length === 0
}

/**
 * @param {ReadonlySet<string | undefined>} entries
 * @param {string | undefined} development
 */
function developmentFaults(entries, development) {
  return development === undefined || entries.has(development) ? [] : [`${development} is no entry`]
}

/**
 * @param {string} folder
 * @param {Targets} targets
 */
function entryFaults(folder, targets) {
  const paths = Object.values(targets)
  const missing = paths
    .filter((path) => !existsSync(join(folder, path)))
    .map((path) => `${path} does not exist`)
  const stems = new Set(
    paths.map((path) => path.replace(/^\.\/(src|dist)\//, '').replace(/(\.d)?\.(js|tsx?)$/, '')),
  )
  return stems.size === 1 ? missing : [...missing, `it leads to different modules: ${paths.join(', ')}`]
}

/**
 * Packs a package as it would be published.
 * @param {string} folder
 * @returns {Promise<string>} the tarball
 */
async function pack(folder) {
  const into = mkdtempSync(join(tmpdir(), 'heliobus-'))
  const packed = await pnpm(['pack', '--pack-destination', into], folder)
  const [tarball] = readdirSync(into)
  if (!packed || !tarball) throw new Error(`${folder} can't be packed`)
  return join(into, tarball)
}

/** @param {string} folder */
async function inspect(folder) {
  const tarball = await pack(folder)
  const tallies = [
    tally(entriesAgree(folder)),
    tally(await run('publint', ['--strict', tarball], { quiet: true })),
    tally(await run('attw', [tarball, '--profile', 'esm-only'], { quiet: true })),
  ]
  rmSync(dirname(tarball), { recursive: true })
  console.log(`${tallies.some(({ failed }) => failed) ? '✗' : '✓'} ${folder.slice(top.length)}`)
  return sum(tallies)
}

/** Three checks for each package. */
export async function packages() {
  return sum(await Promise.all(folders().map(inspect)))
}
