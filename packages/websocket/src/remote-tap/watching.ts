import type { Clock, PulledData, RemoteGroups, Signal, TapWatch, TapWatcher } from '@heliobus/core'
import { LastingLine, type LastingOptions } from '../client/lasting-line.ts'
import type { Line } from '../client/line.ts'
import { Violation } from '../protocol/close-code.ts'
import type { GroupQuestion } from '../tap-wire/group-frames.ts'
import type { LaterTapFrame, TapHello, TapSignals, TapTime, TapWelcome } from '../tap-wire/frames.ts'
import { readTapFrame } from '../tap-wire/read-frame.ts'
import { readSignal } from '../tap-wire/signal-reader.ts'
import { ClockSamples } from './clock-samples.ts'
import { GroupQuestions } from './group-questions.ts'
import { Questions } from './questions.ts'

export interface WatchingOptions extends Pick<
  LastingOptions<TapWelcome, LaterTapFrame>,
  'open' | 'limits' | 'random' | 'wake' | 'waits'
> {
  readonly clock: Clock
  readonly token: () => string | undefined | Promise<string | undefined>
}

/** Questions at once after a welcome, and ms between those that follow. */
const FIRST_QUESTIONS = 5
const ASKS_EVERY = 10_000
const NOT_CONNECTED = 'the process it happened in is not connected'

/** One watcher of a process, over as many connections as it takes. */
export class Watching implements TapWatch {
  readonly #watcher: TapWatcher
  readonly #options: WatchingOptions
  readonly #lasting: LastingLine<TapWelcome, LaterTapFrame>
  readonly #samples = new ClockSamples()
  readonly #pulls: Questions<{ readonly data: unknown }>
  readonly #groups: GroupQuestions
  #hasGroups = false
  #line: Line<TapWelcome, LaterTapFrame> | undefined = undefined
  #asked = 0
  #question = 0
  #timer: unknown = undefined

  constructor(watcher: TapWatcher, options: WatchingOptions) {
    this.#watcher = watcher
    this.#options = options
    this.#pulls = new Questions(options.clock)
    this.#groups = new GroupQuestions(options.clock, this.#pulls, (question) => this.#askAbout(question))
    this.#lasting = new LastingLine<TapWelcome, LaterTapFrame>({
      ...options,
      read: readTapFrame,
      hello: () => this.#hello(),
      welcomed: ({ groups }, line) => this.#welcomed(groups, line),
      heard: (frame) => this.#heard(frame),
      lost: (reason) => this.#ended('lost', reason),
      closed: ({ message }) => this.#ended('closed', message),
    })
    watcher.status('connecting', '')
    void this.#lasting.connect()
  }

  pull(eventId: string): Promise<PulledData> {
    const line = this.#line
    if (line === undefined) return Promise.resolve({ missing: NOT_CONNECTED })
    return this.#pulls.ask((request) => line.send({ type: 'pull', request, event: eventId }))
  }

  get groups(): RemoteGroups | undefined {
    return this.#line !== undefined && this.#hasGroups ? this.#groups : undefined
  }

  stop(): void {
    this.#lasting.close()
    this.#rest(NOT_CONNECTED)
  }

  async #hello(): Promise<TapHello> {
    const token = await this.#options.token()
    return { type: 'hello', version: 1, ...(token !== undefined && { token }) }
  }

  #welcomed(hasGroups: boolean, line: Line<TapWelcome, LaterTapFrame>): void {
    this.#line = line
    this.#hasGroups = hasGroups
    this.#samples.clear() // it may be another machine by now
    this.#question = 0
    this.#watcher.status('open', '')
    this.#askTime()
  }

  #ended(status: 'lost' | 'closed', reason: string): void {
    this.#rest(NOT_CONNECTED)
    this.#watcher.status(status, reason)
  }

  #rest(why: string): void {
    this.#line = undefined
    this.#options.clock.clearTimeout(this.#timer)
    this.#fail(why)
  }

  #heard(frame: LaterTapFrame): void {
    if (frame.type === 'signals') this.#tell(frame)
    else if (frame.type === 'payload') this.#pulls.take(frame)
    else if (frame.type === 'time') this.#timed(frame)
    else if (frame.type !== 'ping' && frame.type !== 'pong') this.#groups.take(frame)
  }

  /** A signal that can't be read must not cost the others: a newer version may tell of what is unknown here. */
  #tell({ signals, until, leftOut }: TapSignals): void {
    const read = signals.flatMap(readable)
    this.#watcher.told({ signals: read, until, leftOut: leftOut + signals.length - read.length })
  }

  #askAbout(question: GroupQuestion): void {
    if (this.#line === undefined) this.#fail(NOT_CONNECTED)
    else this.#line.send(question)
  }

  #fail(why: string): void {
    this.#pulls.fail(why)
    this.#groups.fail(why)
  }

  #askTime(): void {
    this.#asked = this.#options.clock.now()
    this.#line?.send({ type: 'clock', request: ++this.#question })
  }

  #timed({ request, at }: TapTime): void {
    const { clock } = this.#options
    if (request !== this.#question) return
    this.#watcher.clock(this.#samples.add({ asked: this.#asked, at, answered: clock.now() }))
    if (request < FIRST_QUESTIONS) this.#askTime()
    else this.#timer = clock.setTimeout(() => this.#askTime(), ASKS_EVERY)
  }
}

function readable(value: unknown): readonly Signal[] {
  try {
    return [readSignal(value)]
  } catch (error) {
    if (error instanceof Violation) return []
    throw error
  }
}
