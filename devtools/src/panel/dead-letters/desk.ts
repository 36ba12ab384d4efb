import type { DeadLetters } from '@heliobus/core'
import { groupLetters, type LetterGroup } from '../../model/letter-groups.ts'
import { letterSearch } from '../../model/letter-search.ts'
import type { ListedLetter } from '../../model/listed-letter.ts'
import type { FarLetters } from '../../remote/far-letters.ts'
import { Listeners } from '../state/listeners.ts'
import type { Session } from '../state/session.ts'
import { Deeds, type Told } from './deeds.ts'
import { letterId } from './letter-lines.ts'

/**
 * Where the dead letters of a bus, and those of consumer groups, are worked on: what is searched for and chosen, what is under
 * way, how it ended. Outside React, so that a redrive goes on and is told of whatever is looked at meanwhile.
 */
export class Desk {
  readonly letters: DeadLetters
  /** Ids of groups whose letters are shown. */
  readonly unfolded: Set<string> = new Set()
  readonly #session: Session
  readonly #deeds: Deeds
  readonly #listeners = new Listeners()
  #wanted = ''
  #chosen: string | undefined = undefined
  #isRead = false
  #place = 0
  #armed: string | undefined = undefined
  #version = 0
  #grouped: { readonly mark: string; readonly groups: readonly LetterGroup[] } | undefined = undefined

  constructor(session: Session, letters: DeadLetters) {
    this.#session = session
    this.letters = letters
    this.#deeds = new Deeds({
      letters,
      far: () => this.far,
      now: () => session.now,
      changed: () => this.#changed(this.#armed),
    })
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
    return this.#deeds.remark
  }

  get version(): number {
    return this.#version
  }

  /** Those of consumer groups; `undefined` while no other process is watched. */
  get far(): FarLetters | undefined {
    return this.#session.far?.letters
  }

  /** How many there are, those included that are not listed. */
  get size(): number {
    return this.letters.size + (this.far?.count ?? 0)
  }

  readonly listen = (listener: () => void): (() => void) => this.#listeners.add(listener)

  /** The groups of the letters that are searched for; the same array while nothing has changed. */
  groups(): readonly LetterGroup[] {
    const { far, letters } = this
    const mark = `${letters.size} ${this.#session.recorder.lettersTold} ${far?.version} ${this.#wanted}`
    if (this.#grouped?.mark !== mark) {
      const all: readonly ListedLetter[] = [...letters.list(), ...(far?.list ?? [])]
      const inOrder = all.toSorted((a, b) => a.at - b.at)
      const groups = groupLetters(inOrder.filter(letterSearch(this.#wanted)))
      this.#grouped = { mark, groups }
    }
    return this.#grouped.groups
  }

  /** What became of a letter when it was handed on from here. */
  toldOf(id: string): Told | undefined {
    return this.#deeds.toldOf(id)
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

  /** Ids of letters that something is done with. */
  get underWay(): ReadonlySet<string> {
    return this.#deeds.underWay
  }

  /** Whether all of them may be acted on from here. */
  mayAct(letters: readonly ListedLetter[]): boolean {
    return this.#deeds.mayAct(letters)
  }

  /** Hands letters to their handlers, unless they may only be looked at. */
  redrive(letters: readonly ListedLetter[]): void {
    if (!this.mayAct(letters)) return
    this.#deeds.redrive(letters)
    this.#changed()
  }

  /** Discards what it was called for twice. `target` names it. */
  discard(target: string, letters: readonly ListedLetter[]): void {
    if (!this.mayAct(letters)) return
    if (this.#armed === target) this.#deeds.discard(letters)
    this.#changed(this.#armed === target ? undefined : target)
  }

  /** A second press will discard nothing. */
  disarm(): void {
    if (this.#armed !== undefined) this.#changed()
  }

  #changed(armed?: string): void {
    this.#armed = armed
    this.#version++
    this.#listeners.tell()
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
