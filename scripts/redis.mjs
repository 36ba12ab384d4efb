// The program of Redis for the tests that need a server: found, or installed where that is possible. Starts no server.
import { accessSync, constants, existsSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { capture } from './command.mjs'

const help = `No redis-server was found, and none could be installed. Do one of these, then run the command again:
  - install Redis 7.0 or newer with your system's package manager (on Debian, as root: apt-get install redis-server)
  - put the folder of redis-server on the PATH
The tests that need no server of their own also run against the one that REDIS_URL names.`

/** @param {string} file */
function isProgram(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * The path of `redis-server`, or undefined.
 * @returns {string | undefined}
 */
function redisProgram() {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return folders.map((folder) => join(folder, 'redis-server')).find(isProgram)
}

const policy = '/usr/sbin/policy-rc.d'

/** Debian's package starts a service, unless a policy says that none may be started. */
async function installOnDebian() {
  const isOurs = !existsSync(policy)
  if (isOurs) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  const install = 'apt-get install -y -qq --no-install-recommends redis-server'
  const script = `apt-get update -qq && DEBIAN_FRONTEND=noninteractive ${install}`
  try {
    return (await capture('sh', ['-c', script])).output
  } finally {
    if (isOurs) rmSync(policy)
  }
}

/** Finds Redis or installs it; throws with what to do when it can't. */
export async function requireRedis() {
  const found = redisProgram()
  if (found) return found
  const mayInstall = process.getuid?.() === 0 && existsSync('/etc/debian_version')
  if (mayInstall) console.log('No redis-server was found: installing it')
  const log = mayInstall ? await installOnDebian() : ''
  const program = redisProgram()
  if (program) return program
  throw new Error(`${log}\n${help}`)
}
