import type { Clock } from '@heliobus/core'
import { CloseCode, isFinal } from '../protocol/close-code.ts'
import { Comeback } from './comeback.ts'
import { type AnyFrame, type AnyWelcome, type End, Line, type LineOptions } from './line.ts'
import type { Wake } from './wake.ts'

export interface LastingOptions<Welcome extends AnyWelcome, Later extends AnyFrame> extends Pick<
  LineOptions<Welcome, Later>,
  'open' | 'limits' | 'read' | 'heard'
> {
  readonly clock: Clock
  readonly random: () => number
  readonly wake: Wake
  /** Hears of each wait, in ms. */
  readonly waits: (ms: number) => void
  /** Asked before every connection. */
  readonly hello: () => Promise<object>
  readonly welcomed: (welcome: Welcome, line: Line<Welcome, Later>) => void
  /** The line is lost, or could not be opened: it is tried again. */
  readonly lost: (reason: string) => void
  /** Trying again would be in vain. Nothing is called after it. */
  readonly closed: (error: Error) => void
}

/** Connections to one other side, one after the other: as many as it takes. */
export class LastingLine<Welcome extends AnyWelcome, Later extends AnyFrame> {
  readonly #options: LastingOptions<Welcome, Later>
  readonly #comeback: Comeback
  readonly #stopListening: () => void
  #line: Line<Welcome, Later> | undefined = undefined
  #isWelcome = false
  #isOver = false

  constructor(options: LastingOptions<Welcome, Later>) {
    this.#options = options
    this.#comeback = new Comeback(options, () => void this.connect())
    this.#stopListening = options.wake(() => this.#wake())
  }

  /** The other side wants to be left alone for so many ms after the next loss. */
  notBefore(ms: number): void {
    this.#comeback.notBefore(ms)
  }

  /** Nothing is called after it. Twice is fine. */
  close(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#stopListening()
    this.#comeback.stop()
    this.#line?.close(CloseCode.normal, 'closed')
  }

  async connect(): Promise<void> {
    try {
      const hello = await this.#options.hello()
      if (!this.#isOver) this.#open(hello)
    } catch (error) {
      this.#ended({ code: CloseCode.lost, reason: `there is no token: ${String(error)}` })
    }
  }

  #open(hello: object): void {
    const welcomed = (welcome: Welcome): void => this.#welcomed(welcome)
    const ended = (end: End): void => this.#ended(end)
    try {
      this.#line = new Line({ ...this.#options, hello, welcomed, ended })
    } catch (error) {
      this.#giveUp(error) // a URL that is none
    }
  }

  #welcomed(welcome: Welcome): void {
    this.#isWelcome = true
    this.#comeback.connected()
    this.#options.welcomed(welcome, this.#line!)
  }

  #ended({ code, reason }: End): void {
    const wasWelcome = this.#isWelcome
    const said = `${reason || 'the connection was lost'} (${code})`
    this.#line = undefined
    this.#isWelcome = false
    if (this.#isOver) return
    // A right that has ended may come back with the next token.
    if (isFinal(code) && !(wasWelcome && code === CloseCode.unauthenticated)) this.#giveUp(new Error(said))
    else this.#lost(said)
  }

  #lost(reason: string): void {
    this.#options.lost(reason)
    if (!this.#isOver) this.#comeback.plan()
  }

  /** There may be news: what waits tries now, what is connected is asked. */
  #wake(): void {
    this.#line?.probe()
    this.#comeback.hurry()
  }

  #giveUp(cause: unknown): void {
    this.close()
    this.#options.closed(cause instanceof Error ? cause : new Error(String(cause)))
  }
}
