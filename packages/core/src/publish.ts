import type { Draft } from './definition.ts'
import type { BusEvent, PublishOptions } from './event.ts'

/**
 * How a handler publishes. A draft is typed by its definition; a topic and its data are checked when they are published:
 * so a handler that is written for any bus fits every bus.
 */
export interface Publish {
  (draft: Draft): BusEvent
  (topic: string, data: unknown, options?: PublishOptions): BusEvent
}
