import type { Handler, Style } from './handler.ts'

/** A bus made for one measurement. */
export interface Emitter<Handle = unknown> {
  /** Answers with what `unsubscribe` needs to find the subscription again. */
  subscribe(pattern: string, handler: Handler): Handle
  unsubscribe(pattern: string, handler: Handler, handle: Handle): void
  publish(topic: string, data: object): unknown
}

/** One way to bring an event to its handlers. Patterns are spelled with `.`, `*` and `**` for all. */
export interface Contender<Handle = unknown> {
  readonly name: string
  make(): Emitter<Handle>
  /** The promise that `publish` answers with is awaited before the next publish. */
  readonly awaited?: boolean
  /** What handlers it takes, if not plain ones. */
  readonly style?: Style
}
