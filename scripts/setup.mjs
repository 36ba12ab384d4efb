// What a fresh clone needs before anything else: the right Node, and the dependencies. Uses nothing that is installed.
import { readFileSync } from 'node:fs'
import { run } from './command.mjs'

const { engines, packageManager } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
)

/**
 * Runs the pnpm that package.json names, installed or not, and shows what it prints only if it fails.
 * @param {readonly string[]} args
 * @param {string} [cwd]
 */
export function pnpm(args, cwd) {
  return run('npx', ['--yes', packageManager, ...args], { quiet: true, ...(cwd && { cwd }) })
}

function requireNode() {
  const [major = 0, minor = 0] = engines.node.match(/\d+/g).map(Number)
  const [ours = 0, oursMinor = 0] = process.versions.node.split('.').map(Number)
  if (ours > major || (ours === major && oursMinor >= minor)) return
  throw new Error(`Heliobus needs Node ${major}.${minor} or newer; this is ${process.versions.node}`)
}

/** Checks Node, then installs the exact dependencies of the lock file; a second run takes a second. */
export async function setUp() {
  requireNode()
  if (!(await pnpm(['install', '--frozen-lockfile'])))
    throw new Error('The dependencies could not be installed')
}
