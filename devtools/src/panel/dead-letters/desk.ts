import type { DeadLetters } from '@heliobus/core'
import { groupLetters, type LetterGroup } from '../../model/letter-groups.ts'
import { letterSearch } from '../../model/letter-search.ts'
import type { ListedLetter } from '../../model/listed-letter.ts'
import type { FarLetters, FarOutcome } from '../../remote/far-letters.ts'
import { Listeners } from '../state/listeners.ts'
import type { Session } from '../state/session.ts'
import { isFar } from './is-far.ts'
import { letterId } from './letter-lines.ts'
import { type Fate, fateOf, fateText, Tally } from './tally.ts'

/** What became of a letter that was handed on, and when (epoch ms). */
export interface Told {
  readonly fate: Fate
  readonly at: number
}

const TOLD = 1_000

/**
 * Where the dead letters of a bus, and those of consumer groups, are worked on: what is searched for and chosen, what is under way, how it ended. Outside
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
  #tally: Tally | undefined = undefined
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
    return this.#tally?.text ?? this.#remark
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

  /** Whether all of them may be acted on from here. */
  mayAct(letters: readonly ListedLetter[]): boolean {
    return letters.every((letter) => !isFar(letter) || this.far?.mayAct(letter) === true)
  }

  /** Hands letters to their handlers, all at once: each takes its turn there. */
  redrive(letters: readonly ListedLetter[]): void {
    if (!this.mayAct(letters)) return
    const idle = letters.filter(({ id }) => !this.underWay.has(id))
    const tally = new Tally(redriving, idle.length)
    this.#tally = tally
    for (const letter of idle) if (!isFar(letter)) void this.#redriveOne(letter, tally)
    void this.#actFar('redrive', idle, tally, 'handed on')
    this.#changed()
  }

  /** Discards what it was called for twice. `target` names it. */
  discard(target: string, letters: readonly ListedLetter[]): void {
    if (!this.mayAct(letters)) return
    if (this.#armed === target) this.#discardNow(letters)
    this.#changed(this.#armed === target ? undefined : target)
  }

  /** A second press will discard nothing. */
  disarm(): void {
    if (this.#armed !== undefined) this.#changed()
  }

  async #redriveOne({ id }: ListedLetter, tally: Tally): Promise<void> {
    this.underWay.add(id)
    const fate = await this.letters.redrive(id).then(([done]) => done?.status ?? 'gone', fateOf)
    this.underWay.delete(id)
    tally.count(fateText(fate))
    this.#told.set(id, { fate, at: this.#session.now })
    if (this.#told.size > TOLD) this.#told.delete(this.#told.keys().next().value!)
    this.#changed(this.#armed)
  }

  #discardNow(letters: readonly ListedLetter[]): void {
    let count = 0
    for (const letter of letters) if (!isFar(letter)) count += discarded(this.letters, letter.id)
    this.#tally = undefined
    this.#remark = `Discarded ${count} ${count === 1 ? 'letter' : 'letters'}`
    if (!letters.some(isFar)) return
    this.#tally = new Tally(discarding, letters.length)
    this.#tally.count('for good', count)
    void this.#actFar('discard', letters, this.#tally, 'for good')
  }

  /** Does it with those of consumer groups. */
  async #actFar(
    action: 'redrive' | 'discard',
    letters: readonly ListedLetter[],
    tally: Tally,
    done: string,
  ): Promise<void> {
    const far = letters.filter(isFar)
    if (far.length === 0 || this.far === undefined) return
    for (const { id } of far) this.underWay.add(id)
    count(tally, await this.far.act(action, far), done)
    for (const { id } of far) this.underWay.delete(id)
    this.#changed(this.#armed)
  }

  #changed(armed?: string): void {
    this.#armed = armed
    this.#version++
    this.#listeners.tell()
  }
}

const redriving = { goesOn: 'Redriving', done: 'Redriven' }
const discarding = { goesOn: 'Discarding', done: 'Discarded' }

function count(tally: Tally, { done, gone, left, failure }: FarOutcome, doneText: string): void {
  tally.count(doneText, done)
  tally.count('gone already', gone)
  tally.count(`still here: ${failure}`, left)
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
