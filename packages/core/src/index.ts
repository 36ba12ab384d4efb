export { type Bridge, bridge, type BridgeOptions } from './bridge.ts'
export type { Alert, AlertCause, AlertRule, Evidence } from './alerts.ts'
export { exponential, type ExponentialOptions, type Retry } from './backoff.ts'
export { type AnyBus, type Bus, createBus } from './bus.ts'
export type { CauseStore } from './causes.ts'
export type {
  ConsumerGroup,
  GroupKey,
  GroupLetter,
  GroupLetters,
  GroupParked,
  GroupShard,
  GroupSignal,
  KeptGroupLetter,
} from './consumer-group.ts'
export { covers } from './covers.ts'
export { type Catalog, defineCatalog, type DefinitionOf } from './catalog.ts'
export { type Clock, systemClock } from './clock.ts'
export {
  type AnyDefinition,
  defineEvent,
  type DefinitionOptions,
  type Draft,
  type EventDefinition,
} from './definition.ts'
export type {
  DeadLetter,
  DeadLetters,
  LetterFilter,
  LetterKind,
  Redriven,
  RedriveOptions,
} from './dead-letters.ts'
export { BusError, type ErrorCode, type ErrorDetails, isBusError, type Issue } from './errors.ts'
export type { BusEvent, PublishOptions } from './event.ts'
export type { EventLog, LogEntry, LogQuery } from './event-log.ts'
export type { Checked, EventFor, EventOf, InputOf, PatternOf, TopicOf } from './event-types.ts'
export { createFrames, type Frame, type Frames } from './frame.ts'
export { handles, register } from './handles.ts'
export type { Inlet } from './inlet.ts'
export type { IterateOptions } from './event-iterator.ts'
export type { BusOptions } from './bus-options.ts'
export type { Settlement } from './settlement.ts'
export { consoleLogger, type LogLine, type Logger, type LogLevel } from './logger.ts'
export { links$, type LinkState } from './links.ts'
export { historyFrom, type HistoryFromOptions } from './history-from.ts'
export { checkQuery, type LogBounds, matching, refuseGap, wanting } from './log-query.ts'
export { fromRecord, type LogRecord, toRecord } from './log-record.ts'
export { createMemoryLog, type MemoryLog, type MemoryLogOptions } from './memory-log.ts'
export { createMemoryMesh } from './memory-transport.ts'
export type { Middleware } from './middleware.ts'
export type { Order, Policy, QueuePolicy } from './policy.ts'
export type { Publish } from './publish.ts'
export { reconnecting, type ReconnectingOptions } from './reconnecting.ts'
export { record, type Recording, type RecordOptions } from './record.ts'
export { replay, type Replay, type ReplayOptions } from './replay.ts'
export type { ReplayProgress } from './replayer.ts'
export { MASK } from './redaction.ts'
export { Redactor } from './redactor.ts'
export type {
  GroupAction,
  GroupOutcome,
  GroupReport,
  GroupsReport,
  KeyReport,
  LetterReport,
  LettersPage,
  ParkedReport,
  RemoteAnswer,
  RemoteGroups,
  ShardReport,
} from './remote-groups.ts'
export type { ClockOffset, PulledData, RemoteTap, TapBatch, TapWatch, TapWatcher } from './remote-tap.ts'
export type { RetentionOptions } from './retention.ts'
export type { Schema, SchemaIssue, SchemaResult } from './schema.ts'
export { copyData } from './json.ts'
export type { JsonLimits } from './plain-copy.ts'
export { createPace, type Pace, type PaceOptions } from './pace.ts'
export type { PatternLike, Patterns } from './pattern-like.ts'
export { type Secrecy, secrecyOf } from './secrecy.ts'
export { isSecretName } from './secret-names.ts'
export type { DropReason, LinkStatus, LogNews, Memory, Signal, SignalFacts, Warning } from './signal.ts'
export type { BusStats, TypeStatsSnapshot } from './stats.ts'
export type { HandlerContext } from './handler-context.ts'
export type { Handler, Subscription } from './handler.ts'
export { type LogSubscription, subscribeFrom, type SubscribeFromOptions } from './subscribe-from.ts'
export type { SubscriptionInfo } from './subscription-info.ts'
export type { SlownessOptions } from './slowness.ts'
export type { Cancellation, FailedAttempt, HandlerOutcome } from './task.ts'
export { matches } from './topic.ts'
export type { Matches } from './topic-types.ts'
export type { Delivery } from './deliveries.ts'
export type { Failure, Link, Outcome, Port, Rejection, Settling, Traits, Transport } from './transport.ts'
export { trace, type TraceNode } from './trace.ts'
export { traceparentOf } from './trace-context.ts'
export { upgrade } from './upgrade.ts'
export type { WaitOptions } from './wait-for.ts'
export type { WireEvent } from './wire.ts'
