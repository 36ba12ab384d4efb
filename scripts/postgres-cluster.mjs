// A cluster of PostgreSQL that is thrown away: in a folder of its own, on a free port of the loopback address.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { capture } from './command.mjs'
import { freePort } from './port.mjs'
import { requirePostgres } from './postgres.mjs'

/** @typedef {{ uid: number, gid: number } | {}} Account who runs it */

const DEADLINE = 30_000
/** Without `fsync` a kill loses nothing that was committed; only a loss of power would. */
const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=50', 'fsync=off']

/**
 * PostgreSQL refuses to run as root: then it is the account that its package made.
 * @returns {Promise<Account>}
 */
async function account() {
  if (process.getuid?.() !== 0) return {}
  const { code, output } = await capture('sh', ['-c', 'id -u postgres && id -g postgres'])
  if (code !== 0)
    throw new Error('PostgreSQL does not run as root, and there is no account "postgres" to run it')
  const [uid = 0, gid = 0] = output.trim().split('\n').map(Number)
  return { uid, gid }
}

/** @param {number} port */
async function answers(port) {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

/** One that can be started, killed, started again, and removed. */
export class PostgresCluster {
  /** @type {string} */
  #programs
  /** @type {string} */
  #folder
  /** @type {Account} */
  #account
  /** @type {number} */
  #port
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #server
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #watcher

  /**
   * @param {string} programs
   * @param {string} folder
   * @param {Account} owner
   * @param {number} port
   */
  constructor(programs, folder, owner, port) {
    this.#programs = programs
    this.#folder = folder
    this.#account = owner
    this.#port = port
  }

  /** Makes one, and starts it. Everybody on this machine may connect to it. */
  static async create() {
    const programs = await requirePostgres()
    const owner = await account()
    const folder = mkdtempSync(join(tmpdir(), 'heliobus-postgres-'))
    if ('uid' in owner) chownSync(folder, owner.uid, owner.gid)
    const cluster = new PostgresCluster(programs, folder, owner, await freePort())
    cluster.#watch()
    const options = ['--auth=trust', '--username=postgres', '--encoding=UTF8', '--locale=C', '--no-sync']
    await cluster.#finished('initdb', ['--pgdata', folder, ...options])
    await cluster.start()
    return cluster
  }

  get url() {
    return `postgres://postgres@127.0.0.1:${this.#port}/postgres`
  }

  async start() {
    const options = settings.flatMap((setting) => ['-c', setting])
    this.#server = this.#spawn('postgres', ['-D', this.#folder, '-p', String(this.#port), ...options])
    const end = performance.now() + DEADLINE
    while (!(await this.#isReady())) {
      if (performance.now() > end || this.#server.exitCode !== null)
        throw new Error('PostgreSQL does not start')
      await setTimeout(20)
    }
  }

  /** Whether it takes queries: it answers before it has recovered from a kill. */
  async #isReady() {
    const args = ['-q', '-h', '127.0.0.1', '-p', String(this.#port)]
    return (await capture(join(this.#programs, 'pg_isready'), args)).code === 0
  }

  /** As kill -9 or a loss of power does it, without a word: its parts end by themselves when they notice. */
  async kill() {
    await this.#end('SIGKILL')
  }

  async remove() {
    await this.#end('SIGINT')
    this.#watcher?.stdin?.end()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  /** Whoever runs it may be killed and remove nothing: then somebody else does, who notices by the end of a pipe. */
  #watch() {
    const script = 'cat > /dev/null; kill -9 "$(head -1 "$0/postmaster.pid")" && sleep 1; rm -rf "$0"'
    this.#watcher = spawn('sh', ['-c', script, this.#folder], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    })
  }

  /** @param {NodeJS.Signals} signal */
  async #end(signal) {
    const server = this.#server
    if (server === undefined || server.exitCode !== null || server.signalCode !== null) return
    const ended = once(server, 'exit')
    server.kill(signal)
    await ended
    while (await answers(this.#port)) await setTimeout(20)
  }

  /**
   * @param {string} program
   * @param {readonly string[]} args
   */
  async #finished(program, args) {
    const child = this.#spawn(program, args)
    let output = ''
    child.stdout?.on('data', (chunk) => (output += chunk))
    child.stderr?.on('data', (chunk) => (output += chunk))
    const [code] = await once(child, 'close')
    if (code !== 0) throw new Error(`${program} failed\n${output}`)
  }

  /**
   * @param {string} program
   * @param {readonly string[]} args
   */
  #spawn(program, args) {
    const stdio = program === 'initdb' ? 'pipe' : 'ignore'
    return spawn(join(this.#programs, program), args, { cwd: tmpdir(), stdio, ...this.#account })
  }
}
