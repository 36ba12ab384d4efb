// A Chromium for the browser tests: found, or installed where that is possible.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { capture } from './command.mjs'

/** Flags of every browser start: no sandbox (root in a container has none), no traffic of its own. */
export const quietFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

const help = `No Chromium was found, and none could be installed. Do one of these, then run the command again:
  - set CHROMIUM_PATH to the executable of a Chromium or Chrome
  - install Chromium with your system's package manager (on Debian, as root: apt-get install chromium)
  - npx playwright install chromium`

/** Playwright's own download, if it is there. */
async function playwrights() {
  const { chromium } = await import('playwright')
  return chromium.executablePath()
}

function onPath() {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path))
}

/**
 * Where a Chromium is, or undefined. A `CHROMIUM_PATH` that leads nowhere throws.
 * @returns {Promise<string | undefined>}
 */
export async function chromiumPath() {
  const given = process.env.CHROMIUM_PATH
  if (given && !existsSync(given)) throw new Error(`CHROMIUM_PATH is ${given}, and there is no such file`)
  if (given) return given
  const own = await playwrights()
  return existsSync(own) ? own : onPath()
}

/** @returns {(readonly string[])[]} commands that may install one, the best first */
function installers() {
  const own = ['npx', 'playwright', 'install', 'chromium']
  const debian = [
    'sh',
    '-c',
    'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium',
  ]
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') ? [own, debian] : [own]
}

/** Finds a Chromium or installs one; throws with what to do when it can't. */
export async function requireChromium() {
  const found = await chromiumPath()
  if (found) return found
  console.log('No Chromium was found: installing one')
  let log = ''
  for (const [command = '', ...args] of installers()) {
    log += (await capture(command, args)).output
    const path = await chromiumPath()
    if (path) return path
  }
  throw new Error(`${log}\n${help}`)
}
