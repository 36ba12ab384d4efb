import type { Clock, GroupAction, LetterReport, PulledData } from '@heliobus/core'
import type { ListedLetter } from '../model/listed-letter.ts'
import type { DataPlace } from './data-place.ts'
import type { FarGroup, FarGroups } from './far-groups.ts'

/** A dead letter of a group. Its `id` is unlike that of any other, `place` is what it is called there. */
export interface FarLetter extends ListedLetter {
  readonly group: string
  readonly place: string
  readonly calls: number
  readonly deliveries: number
  readonly redrives: number
}

/** What became of letters that were acted on: how many are done, were gone already, or are left, and why. */
export interface FarOutcome {
  readonly done: number
  readonly gone: number
  readonly left: number
  readonly failure: string
}

export interface FarLettersOptions {
  readonly groups: FarGroups
  readonly clock: Clock
  /** Called when some have come or gone, or the data of one has. */
  readonly changed: () => void
}

/** What is listed of one group at most. */
const MOST = 1_000
/** Letters of one `act`. */
const AT_ONCE = 100
/** Letters may be exchanged while their number stays: after so many ms they are listed anew. */
const OLD = 30_000
const NOT_CONNECTED = 'its process is not connected'

interface Listed {
  readonly letters: readonly FarLetter[]
  /** How many there were when they were listed. */
  readonly count: number
  readonly at: number
}

/** The dead letters of the groups of other processes: listed while somebody looks, their data when it is looked at. */
export class FarLetters {
  readonly #options: FarLettersOptions
  readonly #listed = new Map<string, Listed>()
  readonly #listing = new Set<string>()
  readonly #places = new WeakMap<FarLetter, DataPlace>()
  readonly #data = new WeakMap<FarLetter, unknown>()
  #list: readonly FarLetter[] = []
  #version = 0

  constructor(options: FarLettersOptions) {
    this.#options = options
  }

  /** Those of all groups; the same array while nothing has changed. */
  get list(): readonly FarLetter[] {
    return this.#list
  }

  /** How many there are, those included that are not listed. */
  get count(): number {
    const told = this.#options.groups.list.reduce((sum, group) => sum + countOf(group), 0)
    return Math.max(this.#list.length, told)
  }

  /** Rises when the list is another one. */
  get version(): number {
    return this.#version
  }

  /** Lists them, and anew when there are more or fewer, until the returned function is called. */
  watch(): () => void {
    return this.#options.groups.watch(() => this.#follow())
  }

  mayAct({ group }: FarLetter): boolean {
    return this.#options.groups.find(group)?.mayAct ?? false
  }

  /** Where the data of its event is. */
  placeOf(letter: FarLetter): DataPlace {
    return this.#places.get(letter) ?? 'away'
  }

  dataOf(letter: FarLetter): unknown {
    return this.#data.get(letter)
  }

  /** Asks for the data, unless it is here or was asked for. */
  pull(letter: FarLetter): void {
    const place = this.placeOf(letter)
    if (place === 'here' || place === 'asked') return
    this.#places.set(letter, 'asked')
    void this.#dataOf(letter).then((pulled) => {
      if ('data' in pulled) this.#data.set(letter, pulled.data)
      this.#places.set(letter, 'data' in pulled ? 'here' : pulled)
      this.#options.changed()
    })
  }

  /** Redrives or discards them, group by group, and lists what is left. Never rejects. */
  async act(action: GroupAction, letters: readonly FarLetter[]): Promise<FarOutcome> {
    let sum: FarOutcome = { done: 0, gone: 0, left: 0, failure: '' }
    for (const id of new Set(letters.map(({ group }) => group))) {
      const own = letters.filter(({ group }) => group === id)
      for (let from = 0; from < own.length; from += AT_ONCE) {
        const part = own.slice(from, from + AT_ONCE)
        sum = added(sum, await this.#actOn(id, action, part))
      }
      this.#listed.set(id, { letters: this.#listed.get(id)?.letters ?? [], count: -1, at: 0 })
    }
    await this.#options.groups.ask()
    this.#follow()
    return sum
  }

  async #dataOf({ group: id, place }: FarLetter): Promise<PulledData> {
    const group = this.#options.groups.find(id)
    return group?.remote === undefined ? { missing: NOT_CONNECTED } : group.remote.pull(group.name, place)
  }

  async #actOn(id: string, action: GroupAction, letters: readonly FarLetter[]): Promise<FarOutcome> {
    const group = this.#options.groups.find(id)
    const count = letters.length
    if (group?.remote === undefined) return { done: 0, gone: 0, left: count, failure: NOT_CONNECTED }
    const places = letters.map(({ place }) => place)
    const answer = await group.remote.act(action, group.name, places)
    if ('missing' in answer) return { done: 0, gone: 0, left: count, failure: answer.missing }
    const { done, gone, failure } = answer
    return { done, gone, left: Math.max(0, count - done - gone), failure }
  }

  #follow(): void {
    const { list } = this.#options.groups
    for (const id of this.#listed.keys()) if (!list.some((group) => group.id === id)) this.#put(id, undefined)
    for (const group of list) if (this.#isDue(group)) void this.#load(group)
  }

  #isDue(group: FarGroup): boolean {
    if (group.remote === undefined || group.failure !== '' || this.#listing.has(group.id)) return false
    const { count, at } = this.#listed.get(group.id) ?? { count: 0, at: this.#now }
    return countOf(group) !== count || (count > 0 && this.#now - at >= OLD)
  }

  async #load(group: FarGroup): Promise<void> {
    this.#listing.add(group.id)
    const letters = await this.#pages(group)
    this.#listing.delete(group.id)
    if (letters !== undefined) this.#put(group.id, { letters, count: countOf(group), at: this.#now })
  }

  /** `undefined` when they can't be had: the next status asks again. */
  async #pages({ id, name, remote }: FarGroup): Promise<readonly FarLetter[] | undefined> {
    const known = new Map(this.#listed.get(id)?.letters.map((letter) => [letter.place, letter]))
    const found: FarLetter[] = []
    for (let more = true; more && found.length < MOST;) {
      const page = await remote!.letters(name, found.at(-1)?.place)
      if ('missing' in page) return undefined
      found.push(...page.letters.map((report) => known.get(report.id) ?? letterOf(id, report)))
      more = page.more && page.letters.length > 0
    }
    return [...new Map(found.map((letter) => [letter.place, letter])).values()] // each once, whatever was sent
  }

  #put(id: string, listed: Listed | undefined): void {
    if (listed === undefined) this.#listed.delete(id)
    else this.#listed.set(id, listed)
    this.#list = [...this.#listed.values()].flatMap(({ letters }) => letters)
    this.#version++
    this.#options.changed()
  }

  get #now(): number {
    return this.#options.clock.elapsed()
  }
}

function letterOf(group: string, report: LetterReport): FarLetter {
  const { id, kind, event, handler, attempts, deliveries, redrives, at, error } = report
  return {
    id: `${group} ${id}`,
    place: id,
    group,
    kind,
    event,
    handler,
    attempts: [],
    calls: attempts,
    deliveries,
    redrives,
    at,
    error,
  }
}

function countOf({ shards }: FarGroup): number {
  return shards.reduce((sum, { deadLetters }) => sum + deadLetters, 0)
}

function added(one: FarOutcome, other: FarOutcome): FarOutcome {
  return {
    done: one.done + other.done,
    gone: one.gone + other.gone,
    left: one.left + other.left,
    failure: other.failure || one.failure,
  }
}
