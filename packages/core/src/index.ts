export { type Bridge, bridge, type BridgeOptions } from './bridge.ts'
export {
  type AnyBus,
  type Bus,
  type Checked,
  createBus,
  type EventFor,
  type EventOf,
  type InputOf,
  type PatternOf,
  type TopicOf,
} from './bus.ts'
export { type Catalog, defineCatalog, type DefinitionOf } from './catalog.ts'
export { type Clock, systemClock } from './clock.ts'
export {
  type AnyDefinition,
  defineEvent,
  type DefinitionOptions,
  type Draft,
  type EventDefinition,
} from './definition.ts'
export type { HandlerOutcome } from './delivery.ts'
export { BusError, type ErrorCode, type ErrorDetails, isBusError, type Issue } from './errors.ts'
export type { BusEvent, PublishOptions } from './event.ts'
export { createFrames, type Frame, type Frames } from './frame.ts'
export type { Inlet } from './inlet.ts'
export type { IterateOptions } from './event-iterator.ts'
export type { BusOptions } from './bus-options.ts'
export type { Settlement } from './kernel.ts'
export { consoleLogger, type LogEntry, type Logger, type LogLevel } from './logger.ts'
export { createMemoryMesh } from './memory-transport.ts'
export type { Middleware } from './middleware.ts'
export type { Policy } from './policy.ts'
export type { Schema, SchemaIssue, SchemaResult } from './schema.ts'
export type { PatternLike, Patterns } from './scope.ts'
export type { DropReason, LinkStatus, Memory, Signal, SignalFacts, Warning } from './signal.ts'
export type { BusStats, TypeStatsSnapshot } from './stats.ts'
export type { HandlerContext } from './handler-context.ts'
export type { Handler, Subscription, SubscriptionInfo } from './subscription.ts'
export { matches } from './topic.ts'
export type { Matches } from './topic-types.ts'
export type { Delivery, Failure, Link, Outcome, Port, Traits, Transport } from './transport.ts'
export type { WaitOptions } from './wait-for.ts'
export type { WireEvent } from './wire.ts'
