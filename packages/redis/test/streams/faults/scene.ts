import { systemClock, type WireEvent } from '@heliobus/core'
import { createRecordingPort, until } from '@heliobus/testing'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createClient } from 'redis'
import type { RedisServer } from '../../../../../scripts/redis-server.mjs'
import { Connection } from '../../../src/connection.ts'
import { nodeRedis, redisStreams } from '../../../src/index.ts'
import { inspectGroup, type ShardStatus } from '../../../src/streams/status.ts'
import { type KeptLetter, StreamLetters } from '../../../src/streams/stream-letters.ts'
import { compiled } from '../../compiled.ts'
import { type Mutant, mutated } from './mutants.ts'

export type Poison = 'throws' | 'hangs' | 'kills'

/** What an event of these tests is about. */
export interface Task {
  readonly n: number
  readonly poison?: Poison
}

export interface WorkerOptions {
  readonly url: string
  readonly namespace: string
  readonly shards: number
  /** In ms. */
  readonly lease: number
  /** The file in which it notes what it handles. */
  readonly ledger: string
  readonly name: string
  /** The longest that a handler takes, in ms. */
  readonly pace: number
  readonly mutant?: Mutant | undefined
  /** An event that was begun so often may have killed them all. Default 4. */
  readonly deliveries?: number
  /** It is killed the moment that Redis has its first dead letter. */
  readonly diesWhenBuried?: boolean
}

/** What became of all that was accepted; see `kept`. */
export interface Verdict {
  readonly accepted: number
  readonly handled: number
  readonly buried: number
  /** Accepted, and neither handled nor buried. */
  readonly lost: number
  /** Handled, and never sent. */
  readonly foreign: number
  readonly duplicates: number
  /** Handled for the first time after a later one of its key. */
  readonly disordered: number
  /** Read and not acknowledged, or not read. */
  readonly open: number
}

/** A process of a scene. */
export interface Worker {
  readonly name: string
  readonly process: ChildProcess
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>
  pause(): void
  resume(): void
}

export interface SceneOptions {
  readonly server: RedisServer
  readonly mutant?: Mutant | undefined
  readonly shards?: number
  readonly lease?: number
  readonly pace?: number
  readonly seed: number
  /** Where the publisher finds Redis. Default the server itself. */
  readonly port?: number
  /** How long to wait until all is handled, in ms. */
  readonly patience?: number
}

const KEYS = 20

/** One publisher in this process, workers in others, and a Redis between them. */
export class Scene {
  readonly namespace: string = crypto.randomUUID()
  readonly workers: Worker[] = []
  readonly random: () => number
  readonly ledger: string
  readonly #options: SceneOptions
  readonly #accepted: { readonly id: string; readonly n: number }[] = []
  readonly #sent = new Set<string>()
  readonly #eye: Connection
  readonly #link: ReturnType<ReturnType<typeof redisStreams>['open']>
  #n = 0
  #spawned = 0

  constructor(options: SceneOptions) {
    const { server, port = server.port, mutant, seed } = options
    this.#options = options
    this.random = randomFrom(seed)
    this.ledger = join(server.folder, `ledger-${this.namespace}`)
    this.#eye = new Connection((ended) => nodeRedis(createClient({ url: server.url })).open(ended), {
      random: () => 0.02,
    })
    const own = mutated(nodeRedis(createClient({ url: `redis://127.0.0.1:${port}` })), mutant)
    const limits = { answerWithin: 300, connectWithin: 1_000, silentFor: 300 }
    this.#link = redisStreams({
      client: own,
      namespace: this.namespace,
      shards: this.shards,
      limits,
      random: () => 0.02,
    }).open(createRecordingPort())
  }

  get shards(): number {
    return this.#options.shards ?? 8
  }

  async open(): Promise<void> {
    await Promise.all([this.#eye.open(), this.#link])
  }

  async spawn(more: Partial<WorkerOptions> = {}): Promise<Worker> {
    const { server, mutant, lease = 500, pace = 3 } = this.#options
    const { namespace, shards, ledger } = this
    const name = `w${this.#spawned++}`
    const options: WorkerOptions = {
      url: server.url,
      namespace,
      shards,
      lease,
      pace,
      mutant,
      ledger,
      name,
      ...more,
    }
    const file = await compiled(new URL('worker.ts', import.meta.url))
    const child = spawn(process.execPath, [file, JSON.stringify(options)], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    const ended = once(child, 'exit')
    const worker: Worker = {
      name,
      process: child,
      async end(signal) {
        child.kill('SIGCONT')
        child.kill(signal)
        await ended
      },
      pause: () => void child.kill('SIGSTOP'),
      resume: () => void child.kill('SIGCONT'),
    }
    this.workers.push(worker)
    await Promise.race([once(child, 'message'), ended])
    return worker
  }

  /** In batches of ten; resolves when Redis has accepted all. */
  async publish(count: number, poisonOf: (n: number) => Poison | undefined = () => undefined): Promise<void> {
    const link = await this.#link
    for (let done = 0; done < count; done += 10) {
      const events = Array.from({ length: Math.min(10, count - done) }, () => this.#next(poisonOf))
      for (const { id } of events) this.#sent.add(id)
      await link.send(events)
      for (const { id, data } of events)
        this.#accepted.push({ id, n: Number(Reflect.get(Object(data), 'n')) })
    }
  }

  /** Those that handle something at the moment. */
  get busy(): readonly string[] {
    const handled = new Set(this.lines('handled').map(([id]) => id))
    const open = this.lines('begun').filter(([id]) => !handled.has(id))
    return [...new Set(open.map(([, , , , worker]) => worker!))]
  }

  get handled(): number {
    return new Set(this.lines('handled').map(([id]) => id)).size
  }

  /** Of the ledger: id, key, n, fence, worker. */
  lines(word: 'begun' | 'handled'): string[][] {
    if (!existsSync(this.ledger)) return []
    const lines = readFileSync(this.ledger, 'utf8').split('\n')
    return lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.split(' ').slice(1))
  }

  letters(): Promise<readonly KeptLetter[]> {
    const { namespace, shards } = this
    const commands = () => this.#eye
    const parts = { commands, clock: systemClock, namespace, shards, group: 'work' }
    return new StreamLetters(parts).list({ limit: 100_000 })
  }

  inspect(): Promise<readonly ShardStatus[]> {
    const { namespace, shards } = this
    const factsOf = () => ({ redelivered: 0, isHalted: false })
    return inspectGroup(this.#eye, { namespace, group: 'work', shards, factsOf })
  }

  /** How many entries are in the logs. */
  async length(): Promise<number> {
    let length = 0
    for (let shard = 0; shard < this.shards; shard++) {
      const key = `${this.namespace}:{s${String(shard).padStart(2, '0')}}:log`
      length += Number(await this.#eye.send(['XLEN', key], { key }))
    }
    return length
  }

  /** Waits until nothing is open, or for `patience` ms; and then says what became of all. */
  async verdict(): Promise<Verdict> {
    const { patience = 15_000, seed } = this.#options
    await until(() => this.#eye.status === 'open', 'Redis is there')
    const end = performance.now() + patience
    let open = await this.#open()
    while (open > 0 && performance.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 20))
      open = await this.#open()
    }
    const verdict = { ...this.#judge(await this.letters()), open }
    console.log(`seed ${seed}: ${JSON.stringify(verdict)}`)
    return verdict
  }

  async close(): Promise<void> {
    const running = this.workers.filter(
      ({ process: { exitCode, signalCode } }) => (exitCode ?? signalCode) === null,
    )
    await Promise.all(running.map((worker) => worker.end('SIGKILL')))
    await (await this.#link).close()
    await this.#eye.close()
  }

  async #open(): Promise<number> {
    const shards = await this.inspect()
    return shards.reduce((sum, { pending, lag = 0 }) => sum + pending + lag, 0)
  }

  #judge(letters: readonly KeptLetter[]): Omit<Verdict, 'open'> {
    const lines = this.lines('handled')
    const handled = new Set(lines.map(([id]) => id!))
    const buried = new Set(letters.map(({ letter }) => String(Reflect.get(Object(letter.event), 'id'))))
    return {
      accepted: this.#accepted.length,
      handled: handled.size,
      buried: letters.length,
      lost: this.#accepted.filter(({ id }) => !handled.has(id) && !buried.has(id)).length,
      foreign: [...handled].filter((id) => !this.#sent.has(id)).length,
      duplicates: lines.length - handled.size,
      disordered: disorderIn(lines),
    }
  }

  #next(poisonOf: (n: number) => Poison | undefined): WireEvent {
    const n = this.#n++
    const id = crypto.randomUUID()
    const poison = poisonOf(n)
    return {
      specversion: '1.0',
      id,
      source: 'scene',
      type: 'work.done',
      time: '2001-02-03T04:05:06.789Z',
      datacontenttype: 'application/json',
      data: { n, ...(poison !== undefined && { poison }) } satisfies Task,
      partitionkey: `k${n % KEYS}`,
      correlationid: id,
      schemaversion: 1,
      origin: 'scene',
      hops: 0,
    }
  }
}

/** How often an event was handled first after a later one of its key. */
function disorderIn(lines: readonly (readonly string[])[]): number {
  const seen = new Set<string>()
  const newest = new Map<string, number>()
  let disorder = 0
  for (const [id = '', key = '', n = ''] of lines) {
    if (seen.has(id)) continue
    seen.add(id)
    if (Number(n) < (newest.get(key) ?? -1)) disorder++
    else newest.set(key, Number(n))
  }
  return disorder
}

/** mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** What is promised, whatever happens. */
export const kept = { lost: 0, foreign: 0, disordered: 0, open: 0 }
