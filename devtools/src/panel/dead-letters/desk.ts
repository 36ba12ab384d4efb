import type { DeadLetter, DeadLetters } from '@heliobus/core'
import { groupLetters, type LetterGroup } from '../../model/letter-groups.ts'
import { letterSearch } from '../../model/letter-search.ts'
import { Listeners } from '../state/listeners.ts'
import type { Session } from '../state/session.ts'
import { letterId } from './letter-lines.ts'
import { type Fate, fateOf, Redriving } from './redriving.ts'

/** What became of a letter that was handed on, and when (epoch ms). */
export interface Told {
  readonly fate: Fate
  readonly at: number
}

const TOLD = 1_000

/**
 * Where the dead letters of a bus are worked on: what is searched for and chosen, what is under way, how it ended. Outside
 * React, so that a redrive goes on and is told of whatever is looked at meanwhile.
 */
export class Desk {
  readonly letters: DeadLetters
  /** Ids of groups whose letters are shown. */
  readonly unfolded: Set<string> = new Set()
  /** Ids of letters that are with their handlers. */
  readonly underWay: Set<string> = new Set()
  readonly #session: Session
  readonly #told = new Map<string, Told>()
  readonly #listeners = new Listeners()
  #wanted = ''
  #chosen: string | undefined = undefined
  #isRead = false
  #place = 0
  #armed: string | undefined = undefined
  #remark = ''
  #redriving: Redriving | undefined = undefined
  #version = 0
  #grouped: { readonly mark: string; readonly groups: readonly LetterGroup[] } | undefined = undefined

  constructor(session: Session, letters: DeadLetters) {
    this.#session = session
    this.letters = letters
  }

  /** What is searched for. */
  get wanted(): string {
    return this.#wanted
  }

  /** Id of the group or letter that is looked at. */
  get chosen(): string | undefined {
    return this.#chosen
  }

  /** The line where that stands, or stood. */
  get place(): number {
    return this.#place
  }

  /** Whether that is shown where there is no room for the list beside it. */
  get isRead(): boolean {
    return this.#isRead
  }

  /** What a second press will discard. */
  get armed(): string | undefined {
    return this.#armed
  }

  /** What was done last; '' before anything was. */
  get remark(): string {
    return this.#redriving?.text ?? this.#remark
  }

  get version(): number {
    return this.#version
  }

  readonly listen = (listener: () => void): (() => void) => this.#listeners.add(listener)

  /** The groups of the letters that are searched for; the same array while nothing has changed. */
  groups(): readonly LetterGroup[] {
    const mark = `${this.letters.size} ${this.#session.recorder.lettersTold} ${this.#wanted}`
    if (this.#grouped?.mark !== mark) {
      const groups = groupLetters(this.letters.list().filter(letterSearch(this.#wanted)))
      this.#grouped = { mark, groups }
    }
    return this.#grouped.groups
  }

  /** What became of a letter when it was handed on from here. */
  toldOf(id: string): Told | undefined {
    return this.#told.get(id)
  }

  search(wanted: string): void {
    this.#wanted = wanted
    this.#changed()
  }

  /** `place` is the line where it stands, for when it goes. */
  choose(id: string | undefined, place: number): void {
    this.#chosen = id
    this.#place = place
    this.#changed()
  }

  /** Chooses, and shows that alone where there is no room for the list beside it. */
  read(id: string, place: number): void {
    this.#isRead = true
    this.choose(id, place)
  }

  /** Back to the list. */
  leave(): void {
    this.#isRead = false
    this.#changed()
  }

  /** Chooses the letter of an event at a handler, if there is one; '' for none. */
  find(eventId: string, handler: string): void {
    this.#wanted = ''
    for (const { id, letters } of this.groups()) {
      const letter = letters.find((one) => one.event.id === eventId && (one.handler ?? '') === handler)
      if (letter === undefined) continue
      this.unfolded.add(id)
      this.read(letters.length === 1 ? id : letterId(letter), 0)
    }
  }

  toggle(group: string): void {
    if (!this.unfolded.delete(group)) this.unfolded.add(group)
    this.#changed()
  }

  /** Hands letters to their handlers, all at once: each takes its turn there. */
  redrive(letters: readonly DeadLetter[]): void {
    const idle = letters.filter(({ id }) => !this.underWay.has(id))
    const redriving = new Redriving(idle.length)
    this.#redriving = redriving
    for (const letter of idle) void this.#redriveOne(letter, redriving)
    this.#changed()
  }

  /** Discards what it was called for twice. `target` names it. */
  discard(target: string, letters: readonly DeadLetter[]): void {
    if (this.#armed === target) this.#discardNow(letters)
    this.#changed(this.#armed === target ? undefined : target)
  }

  /** A second press will discard nothing. */
  disarm(): void {
    if (this.#armed !== undefined) this.#changed()
  }

  async #redriveOne({ id }: DeadLetter, redriving: Redriving): Promise<void> {
    this.underWay.add(id)
    const fate = await this.letters.redrive(id).then(([done]) => done?.status ?? 'gone', fateOf)
    this.underWay.delete(id)
    redriving.count(fate)
    this.#told.set(id, { fate, at: this.#session.now })
    if (this.#told.size > TOLD) this.#told.delete(this.#told.keys().next().value!)
    this.#changed(this.#armed)
  }

  #discardNow(letters: readonly DeadLetter[]): void {
    let count = 0
    for (const { id } of letters) count += discarded(this.letters, id)
    this.#redriving = undefined
    this.#remark = `Discarded ${count} ${count === 1 ? 'letter' : 'letters'}`
  }

  #changed(armed?: string): void {
    this.#armed = armed
    this.#version++
    this.#listeners.tell()
  }
}

/** 1, or 0 for a letter that was gone already. */
function discarded(letters: DeadLetters, id: string): number {
  try {
    return letters.discard(id)
  } catch {
    return 0
  }
}

const desks = new WeakMap<Session, Desk>()

/** The desk of a session; `undefined` for one without dead letters, such as a recording. */
export function deskOf(session: Session): Desk | undefined {
  const letters = session.bus?.deadLetters
  const desk = desks.get(session) ?? (letters && new Desk(session, letters))
  if (desk !== undefined) desks.set(session, desk)
  return desk
}
