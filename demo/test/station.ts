import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'libsql'
import type { RedisServer } from '../../scripts/redis-server.mjs'
import { test as base } from './tab.ts'

const program = fileURLToPath(new URL('../server/dist/main.js', import.meta.url))

/** A ground station in a process of its own, with a log of its own. */
export class Station {
  readonly folder: string
  /** The address of the Redis that it runs its services over. */
  readonly #redis: string | undefined
  #child: ChildProcess | undefined
  #output = ''
  #port = 0

  constructor(folder: string, redis?: string) {
    this.folder = folder
    this.#redis = redis
  }

  get log(): string {
    return join(this.folder, 'events.db')
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  /** All that it has printed since it was started last. */
  get output(): string {
    return this.#output
  }

  /** What `POST /events` must bear. */
  get token(): string {
    return /Bearer ([\w-]+)/.exec(this.#output)?.[1] ?? ''
  }

  /** On a free port at first, and on the same one from then on. */
  async start(): Promise<void> {
    this.#output = ''
    const env = { ...process.env, REDIS_URL: this.#redis } // not one that is meant for other tests
    const child = spawn(process.execPath, [program, '--port', String(this.#port), '--log', this.log], { env })
    this.#child = child
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (this.#output += chunk.toString()))
    while (!this.#output.includes('Bearer ')) {
      if (child.exitCode !== null) throw new Error(`the ground station did not start: ${this.#output}`)
      await Promise.race([once(child.stdout, 'data'), once(child, 'close')])
    }
    this.#port = Number(new URL(/http:\S+/.exec(this.#output)![0]).port)
  }

  /** Resolves to the exit code; null when the signal ended it. */
  async end(signal: 'SIGINT' | 'SIGKILL'): Promise<number | null> {
    const child = this.#child
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return null
    const ended = once(child, 'exit')
    child.kill(signal)
    const [code] = (await ended) as [number | null]
    return code
  }

  /** Asks the log's file, as anybody may who has an SQLite. */
  query<Row>(sql: string, ...values: readonly (string | number)[]): Row[] {
    const file = new Database(this.log)
    try {
      return file.prepare(sql).all(...values) as Row[]
    } finally {
      file.close()
    }
  }

  /** What the hub remembers is gone. */
  async forget(): Promise<void> {
    for (const file of await readdir(this.folder))
      if (file.startsWith('events.db-hub')) await rm(join(this.folder, file))
  }

  /** One column of the log, in its order. */
  logged(column: 'id' | 'type' = 'type'): string[] {
    const sql = `SELECT ${column} AS value FROM events_log ORDER BY position`
    return this.query<{ value: string }>(sql).map(({ value }) => value)
  }

  post(body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    return fetch(`${this.url}/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  }
}

/** Pages come from the station here, not from the static server. */
export const test = base.extend<{ readonly station: Station; readonly redis: RedisServer | undefined }>({
  redis: undefined,
  async station({ redis }, use) {
    const station = new Station(await mkdtemp(join(tmpdir(), 'heliobus-station-')), redis?.url)
    await station.start()
    await use(station)
    await station.end(redis ? 'SIGINT' : 'SIGKILL') // it has workers, and one that stands still would stay for ever
    await rm(station.folder, { recursive: true })
  },
  baseURL: async ({ station }, use) => use(station.url),
})
