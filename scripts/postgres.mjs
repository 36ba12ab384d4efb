// The programs of PostgreSQL for the tests of its log: found, or installed where that is possible. Starts no server.
import { existsSync, mkdirSync, readdirSync, realpathSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { capture } from './command.mjs'

const help = `No PostgreSQL was found, and none could be installed. Do one of these, then run the command again:
  - set DATABASE_URL to a database that the tests may write to
  - install PostgreSQL with your system's package manager (on Debian, as root: apt-get install postgresql)`

const versioned = '/usr/lib/postgresql'

/** Debian and its like have a folder for each version; the newest first. */
function versionedFolders() {
  if (!existsSync(versioned)) return []
  const versions = readdirSync(versioned).toSorted((a, b) => Number(b) - Number(a))
  return versions.map((version) => join(versioned, version, 'bin'))
}

/**
 * The folder of `initdb`, `postgres` and the rest, or undefined.
 * @returns {string | undefined}
 */
function postgresFolder() {
  const onPath = (process.env.PATH ?? '').split(delimiter)
  const found = [...onPath, ...versionedFolders()].find((folder) => existsSync(join(folder, 'initdb')))
  return found && dirname(realpathSync(join(found, 'initdb')))
}

/** Debian's package makes a cluster of its own and starts it, unless it is told not to. */
async function installOnDebian() {
  mkdirSync('/etc/postgresql-common', { recursive: true })
  const settings = '/etc/postgresql-common/createcluster.conf'
  if (!existsSync(settings)) writeFileSync(settings, 'create_main_cluster = false\n')
  const script =
    'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql'
  return (await capture('sh', ['-c', script])).output
}

/** Finds PostgreSQL or installs it; throws with what to do when it can't. */
export async function requirePostgres() {
  const found = postgresFolder()
  if (found) return found
  const mayInstall = process.getuid?.() === 0 && existsSync('/etc/debian_version')
  if (mayInstall) console.log('No PostgreSQL was found: installing it')
  const log = mayInstall ? await installOnDebian() : ''
  const folder = postgresFolder()
  if (folder) return folder
  throw new Error(`${log}\n${help}`)
}
