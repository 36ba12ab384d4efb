/** What a handler is told beside the event. Its members survive destructuring. */
export interface HandlerContext {
  /** Aborted when the subscription ends or the bus closes: what still runs can stop. */
  readonly signal: AbortSignal
}

/** Makes its signal only for who asks. */
export class Context implements HandlerContext {
  #controller: AbortController | undefined = undefined
  #ended = false

  get signal(): AbortSignal {
    this.#controller ??= new AbortController()
    if (this.#ended) this.#controller.abort()
    return this.#controller.signal
  }

  end(): void {
    this.#ended = true
    this.#controller?.abort()
  }
}
