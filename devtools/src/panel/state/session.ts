import type { AnyBus, AnyDefinition } from '@heliobus/core'
import { Causality } from '../../model/causality.ts'
import { Recorder } from '../../model/recorder.ts'
import type { RecorderOptions, SignalSource } from '../../model/recorder-options.ts'
import type { FarData } from '../../remote/far-data.ts'
import { TopicTree } from '../../model/topic-tree.ts'
import { View } from '../../model/view.ts'
import { Discretion } from './discretion.ts'
import { Listeners } from './listeners.ts'

/** What the panel asks of a bus. */
export type WatchedBus = Pick<AnyBus, 'source' | 'tap$' | 'subscriptions'> &
  Partial<Pick<AnyBus, 'deadLetters' | 'inlet'>>

export interface SessionOptions extends RecorderOptions {
  /** Measures how long a search has taken, in ms. Default `Date.now`. */
  readonly clock?: () => number
}

/** One bus, or one recording, as the panel sees it: what was recorded, and what of it is looked at. */
export class Session {
  readonly name: string
  readonly recorder: Recorder
  readonly view: View
  readonly causality: Causality
  /** The bus itself; `undefined` for a recording. */
  readonly bus: WatchedBus | undefined
  readonly tree: TopicTree
  /** What of events may be seen. */
  readonly discretion: Discretion
  /** Rows somebody wants to find again. */
  readonly bookmarks: Set<number> = new Set()
  /** Branches of the tree of topics whose lines are not shown, by path. */
  readonly foldedTopics: Set<string> = new Set()
  /** What was left out of a recording that was read, in words. */
  readonly remark: string
  #far: FarData | undefined = undefined
  #source: SignalSource | undefined = undefined
  readonly #now: () => number
  readonly #listeners = new Listeners()
  #version = 0
  #firstAt: number | undefined = undefined
  #alertsSeen = 0

  private constructor(
    name: string,
    recorder: Recorder,
    now: () => number,
    bus: WatchedBus | undefined,
    remark: string,
    clock?: () => number,
  ) {
    this.name = name
    this.recorder = recorder
    this.bus = bus
    this.remark = remark
    this.#now = now
    this.view = new View(recorder.rows, now, clock)
    this.causality = new Causality(recorder.rows)
    this.tree = new TopicTree(recorder)
    this.discretion = new Discretion(this.definitionOf)
    this.view.listen(() => this.#changed())
  }

  /** Begins to record a bus at once. `now` gives epoch ms. */
  static ofBus(bus: WatchedBus, now: () => number, options?: SessionOptions): Session {
    const recorder = new Recorder(options)
    recorder.start(bus)
    return new Session(bus.source, recorder, now, bus, '', options?.clock)
  }

  /** A recording that was read: still, at the time of its newest event. */
  static ofRecording(name: string, recorder: Recorder, remark: string): Session {
    const { rows } = recorder
    const newest = rows.length > 0 ? rows.time[rows.slot(rows.next - 1)]! : 0
    const session = new Session(name, recorder, () => newest, undefined, remark)
    session.view.pause()
    return session
  }

  /** The definition of a topic, where the bus knows one; a recording knows none, and was masked when it was written. */
  get definitionOf(): ((topic: string) => AnyDefinition | undefined) | undefined {
    const inlet = this.bus?.inlet
    return inlet && ((topic) => inlet.definitionOf(topic))
  }

  get now(): number {
    return this.#now()
  }

  /** Epoch ms of its first event, as far back as anybody has looked; `undefined` before there is one. */
  get firstAt(): number | undefined {
    const { rows } = this.recorder
    if (rows.length > 0) this.#firstAt ??= rows.time[rows.slot(rows.oldest)]!
    return this.#firstAt
  }

  /** A number that differs once something was recorded, and from itself while a search goes on. */
  get mark(): number {
    if (this.view.working) return Number.NaN
    const { rows, statistics, notices, lettersTold, alerts } = this.recorder
    const told = notices.list.length + notices.discarded + lettersTold + alerts.count
    return rows.next + rows.touched.count + statistics.refused + told
  }

  /** Rises with every change that `listen` tells of. */
  get version(): number {
    return this.#version
  }

  /** How many alerts had been raised when somebody last looked at them. */
  get alertsSeen(): number {
    return this.#alertsSeen
  }

  /** Calls `listener` when filter, range, selection, pause, recording or bookmarks change; not when events come. */
  readonly listen = (listener: () => void): (() => void) => this.#listeners.add(listener)

  setRecording(on: boolean): void {
    if (on && !this.recorder.recording) this.#record()
    if (!on) this.recorder.stop()
    this.#changed()
  }

  /** The data of events of other processes; `undefined` while there are none. */
  get far(): FarData | undefined {
    return this.#far
  }

  /** Takes the signals of other processes too, from now on. */
  join(source: SignalSource, far: FarData): void {
    this.#far = far
    this.#source = source
    if (this.recorder.recording) this.#record()
    this.#changed()
  }

  /** What is far away has come, or can't. */
  readonly farChanged = (): void => this.#changed()

  /** Empties the list; statistics go on. */
  clear(): void {
    this.recorder.clear()
    this.bookmarks.clear()
    this.#alertsSeen = 0
    this.view.select(undefined)
    this.#changed()
  }

  /** Counts from nothing. */
  forget(): void {
    this.recorder.forget()
    this.#changed()
  }

  seeAlerts(): void {
    this.#alertsSeen = this.recorder.alerts.count
    this.#changed()
  }

  toggleBookmark(row: number): void {
    if (!this.bookmarks.delete(row)) this.bookmarks.add(row)
    this.#changed()
  }

  /** Folds a branch of the tree of topics, or unfolds it. */
  toggleTopic(path: string): void {
    if (!this.foldedTopics.delete(path)) this.foldedTopics.add(path)
    this.#changed()
  }

  /** Lets go of every event. */
  close(): void {
    this.recorder.close()
    this.bookmarks.clear()
  }

  #record(): void {
    if (this.#source !== undefined) this.recorder.follow(this.#source)
    else if (this.bus !== undefined) this.recorder.start(this.bus)
  }

  #changed(): void {
    this.#version++
    this.#listeners.tell()
  }
}
