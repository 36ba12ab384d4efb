import { BusError, type Clock, matches } from '@heliobus/core'
import { Observable } from 'rxjs'
import type { Commands } from './commands.ts'
import { FIELDS, memberOf } from './entry.ts'
import { groupKeys, type GroupKeys } from './keys.ts'
import type { StreamLetter, StreamLetterKind } from './letter.ts'
import { fieldsOf, listOf, numberOf, textOf } from './replies.ts'
import { RING } from './ring.ts'
import { run, script } from './script.ts'

/** A dead letter in Redis. */
export interface KeptLetter {
  /** Its shard and its place there. A redrive that fails brings a new letter, with a new id. */
  readonly id: string
  readonly letter: StreamLetter
}

/** Which letters; all that is given must fit. */
export interface StreamLetterFilter {
  /** A topic or a pattern. */
  readonly topic?: string
  readonly handler?: string
  readonly kind?: StreamLetterKind
  /** In the error's name or message; upper and lower case are the same. */
  readonly error?: string
  /** So many at most, the oldest of each shard first. Default 1,000. */
  readonly limit?: number
  /** Begins behind the letter that had this id: the last one of the page before. */
  readonly after?: string
}

/**
 * What a group has given up, in Redis: the same to all of its members, kept as long as events are. Needs an open bridge;
 * without one all reject with `redis-closed`, and with the other errors of the connection.
 */
export interface StreamDeadLetters {
  /** Each letter as it comes, whichever member gave up; looked for once a second while somebody listens. */
  readonly added$: Observable<KeptLetter>
  /** Shard by shard, oldest first. Reads until the limit is reached. Rejects with `letter-unknown` for an `after` that is none. */
  list(filter?: StreamLetterFilter): Promise<readonly KeptLetter[]>
  /** `undefined`: there is none, or no longer. */
  peek(id: string): Promise<KeptLetter | undefined>
  /**
   * Puts events at the end of the log once more, for this group, and there for the handler that gave up alone: each leaves
   * the dead letters in the same step, keeps its id, and is counted. Resolves to how many. A single one rejects with
   * `letter-unknown`. Events of its key that came meanwhile are handled before it.
   */
  redrive(which: string | StreamLetterFilter): Promise<number>
  /** Forgets letters; resolves to how many. A single one rejects with `letter-unknown`. */
  discard(which: string | StreamLetterFilter): Promise<number>
}

/** KEYS: dead, log, idle. ARGV: id, event, redrive. */
const redriveOne = script(`${RING}
if redis.call('XDEL', KEYS[1], ARGV[1]) == 0 then return 0 end
redis.call('XADD', KEYS[2], '*', '${FIELDS.event}', ARGV[2], '${FIELDS.from}', '', '${FIELDS.redrive}', ARGV[3])
ring(KEYS[3], KEYS[2])
return 1
`)

const PAGE = 100
const LIMIT = 1_000
const LOOK = 1_000

export interface StreamLettersParts {
  /** Throws when there is no connection. */
  readonly commands: () => Commands
  readonly clock: Clock
  readonly namespace: string
  readonly group: string
  readonly shards: number
}

export class StreamLetters implements StreamDeadLetters {
  readonly #parts: StreamLettersParts
  readonly #keys: readonly GroupKeys[]

  constructor(parts: StreamLettersParts) {
    const { namespace, group, shards } = parts
    this.#parts = parts
    this.#keys = Array.from({ length: shards }, (_, shard) => groupKeys(namespace, shard, group))
  }

  get added$(): Observable<KeptLetter> {
    return new Observable((listener) => {
      const last = new Map<GroupKeys, string>()
      let timer: unknown
      const look = async (): Promise<void> => {
        await this.#tellNew(last, (kept) => listener.next(kept)).catch(() => undefined) // the next time, then
        if (!listener.closed) timer = this.#parts.clock.setTimeout(() => void look(), LOOK)
      }
      void look()
      return () => this.#parts.clock.clearTimeout(timer)
    })
  }

  async list({ limit = LIMIT, after, ...filter }: StreamLetterFilter = {}): Promise<readonly KeptLetter[]> {
    const found: KeptLetter[] = []
    for await (const kept of this.#from(after)) {
      if (found.length >= limit) break
      if (fits(kept.letter, filter)) found.push(kept)
    }
    return found
  }

  async peek(id: string): Promise<KeptLetter | undefined> {
    const place = this.#placeOf(id)
    if (place === undefined) return undefined
    const { dead } = place.keys
    const [entry] = listOf(
      await this.#parts.commands().send(['XRANGE', dead, place.id, place.id], { key: dead }),
    )
    return entry === undefined ? undefined : keptOf(place.keys, entry)
  }

  redrive(which: string | StreamLetterFilter): Promise<number> {
    return this.#each(which, ({ letter }, { keys, id }) => {
      const { handler, redrives, attempts, group } = letter
      const redrive = { group, handler, redrives: redrives + 1, attempts }
      const values = [id, JSON.stringify(letter.event), JSON.stringify(redrive)]
      return run(this.#parts.commands(), redriveOne, [keys.dead, keys.log, keys.idle], values)
    })
  }

  discard(which: string | StreamLetterFilter): Promise<number> {
    return this.#each(which, (_, { keys: { dead }, id }) =>
      this.#parts.commands().send(['XDEL', dead, id], { key: dead }),
    )
  }

  /** What somebody else was faster with does not count. */
  async #each(
    which: string | StreamLetterFilter,
    act: (kept: KeptLetter, place: Place) => Promise<unknown>,
  ): Promise<number> {
    let done = 0
    for (const kept of await this.#chosen(which)) done += numberOf(await act(kept, this.#placeOf(kept.id)!))
    return done
  }

  async #chosen(which: string | StreamLetterFilter): Promise<readonly KeptLetter[]> {
    if (typeof which !== 'string') return this.list(which)
    const kept = await this.peek(which)
    if (kept === undefined) throw new BusError('letter-unknown', { id: which })
    return [kept]
  }

  /** Shard by shard, from the start or behind one of them. */
  async *#from(after: string | undefined): AsyncGenerator<KeptLetter> {
    const place = after === undefined ? undefined : this.#placeOf(after)
    if (after !== undefined && place === undefined) throw new BusError('letter-unknown', { id: after })
    for (const keys of this.#keys.slice(place?.keys.shard))
      yield* this.#all(keys, keys === place?.keys ? `(${place.id}` : undefined)
  }

  async *#all(keys: GroupKeys, after: string = '-'): AsyncGenerator<KeptLetter> {
    const { dead } = keys
    for (let from = after; ;) {
      const command = ['XRANGE', dead, from, '+', 'COUNT', String(PAGE)] as const
      const page = listOf(await this.#parts.commands().send(command, { key: dead }))
      for (const entry of page) yield keptOf(keys, entry)
      if (page.length < PAGE) return
      from = `(${textOf(listOf(page.at(-1))[0])}`
    }
  }

  async #tellNew(last: Map<GroupKeys, string>, tell: (kept: KeptLetter) => void): Promise<void> {
    for (const keys of this.#keys) {
      const { dead } = keys
      const known = last.get(keys)
      if (known === undefined) {
        const command = ['XREVRANGE', dead, '+', '-', 'COUNT', '1'] as const
        const [newest] = listOf(await this.#parts.commands().send(command, { key: dead }))
        last.set(keys, newest === undefined ? '0-0' : textOf(listOf(newest)[0]))
      } else
        for await (const kept of this.#all(keys, `(${known}`)) {
          last.set(keys, this.#placeOf(kept.id)!.id)
          tell(kept)
        }
    }
  }

  #placeOf(id: string): Place | undefined {
    const [, shard, place] = /^(\d{1,4})\/(\d{1,20}-\d{1,20})$/u.exec(id) ?? []
    const keys = this.#keys[Number(shard)]
    return keys === undefined || place === undefined ? undefined : { keys, id: place }
  }
}

interface Place {
  readonly keys: GroupKeys
  readonly id: string
}

function keptOf({ shard }: GroupKeys, entry: unknown): KeptLetter {
  const [id, fields] = listOf(entry)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by `bury` alone
  const letter = JSON.parse(textOf(fieldsOf(fields).get('l'))) as StreamLetter
  return { id: `${shard}/${textOf(id)}`, letter }
}

function fits(letter: StreamLetter, { topic, handler, kind, error }: StreamLetterFilter): boolean {
  const type = memberOf(letter.event, 'type')
  if (topic !== undefined && !(typeof type === 'string' && matches(topic, type))) return false
  if (handler !== undefined && letter.handler !== handler) return false
  if (kind !== undefined && letter.kind !== kind) return false
  const text = `${letter.error.name} ${letter.error.message}`.toLowerCase()
  return error === undefined || text.includes(error.toLowerCase())
}
