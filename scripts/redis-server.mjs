// A Redis server that is thrown away: in a folder of its own, on a free port of the loopback address.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { freePort } from './port.mjs'
import { requireRedis } from './redis.mjs'

/**
 * What `redis.conf` knows; undefined leaves a default as it is.
 * @typedef {Readonly<Record<string, string>>} Settings
 */

/**
 * @typedef {object} Options
 * @property {boolean} [detached] it does not hear the Ctrl-C that is meant for this process; default false
 */

const DEADLINE = 10_000

/**
 * Nothing is kept, and nobody but this machine gets in, unless it is told otherwise.
 * @type {Settings}
 */
const defaults = { bind: '127.0.0.1', save: '', appendonly: 'no', 'maxmemory-policy': 'noeviction' }

/**
 * Sends a line to whoever listens there, and resolves to what comes back first.
 * @param {number} port
 * @param {string} line a command with words for arguments
 */
export async function ask(port, line) {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    socket.write(`${line}\r\n`)
    const [reply] = await once(socket, 'data')
    return String(reply)
  } finally {
    socket.destroy()
  }
}

/**
 * Whether a server is there that has loaded its data.
 * @param {number} port
 */
async function answers(port) {
  const reply = await ask(port, 'PING').catch(() => '')
  return reply.startsWith('+PONG')
}

/**
 * What runs at the moment: it ends with this process, also when a test is given up.
 * @type {Set<import('node:child_process').ChildProcess>}
 */
const running = new Set()
process.once('exit', () => running.forEach((server) => server.kill('SIGKILL')))

/** One that can be started, killed, paused, started again, and removed. */
export class RedisServer {
  /** @type {string} */
  #program
  /** @type {Settings} */
  #settings
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #server
  /** @type {boolean} */
  #detached
  /** @type {string} */
  folder
  /** @type {number} */
  port

  /**
   * @param {string} program
   * @param {Settings} settings
   * @param {number} port
   * @param {Options} options
   */
  constructor(program, settings, port, { detached = false }) {
    this.#program = program
    this.#settings = { ...defaults, ...settings }
    this.folder = mkdtempSync(join(tmpdir(), 'heliobus-redis-'))
    this.port = port
    this.#detached = detached
  }

  /**
   * Makes one, and starts it.
   * @param {Settings} [settings] of `redis.conf`; by default nothing is kept on disk
   * @param {Options} [options]
   */
  static async create(settings = {}, options = {}) {
    const server = new RedisServer(await requireRedis(), settings, await freePort(), options)
    await server.start()
    return server
  }

  get url() {
    return `redis://127.0.0.1:${this.port}`
  }

  get isRunning() {
    const server = this.#server
    return server !== undefined && server.exitCode === null && server.signalCode === null
  }

  /** Starts it, or starts it again: on the same port, with what is in its folder. */
  async start() {
    const settings = { ...this.#settings, port: String(this.port), dir: this.folder }
    const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value])
    const server = spawn(this.#program, args, {
      cwd: this.folder,
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: this.#detached,
    })
    this.#server = server
    running.add(server)
    server.once('exit', () => running.delete(server))
    let log = ''
    server.stdout.on('data', (chunk) => (log = (log + chunk).slice(-10_000)))
    const end = performance.now() + DEADLINE
    while (!(await answers(this.port))) {
      if (performance.now() > end || server.exitCode !== null)
        throw new Error(`redis-server does not start\n${log}`)
      await setTimeout(5)
    }
  }

  /** As kill -9 does it, without a word. */
  async kill() {
    await this.#end('SIGKILL')
  }

  /** It does nothing at all, while its connections stay as they are. */
  pause() {
    this.#server?.kill('SIGSTOP')
  }

  resume() {
    this.#server?.kill('SIGCONT')
  }

  async remove() {
    await this.#end('SIGKILL')
    rmSync(this.folder, { recursive: true, force: true })
  }

  /** @param {NodeJS.Signals} signal */
  async #end(signal) {
    const server = this.#server
    if (server === undefined || !this.isRunning) return
    const ended = once(server, 'exit')
    server.kill(signal)
    await ended
  }
}
