/** A bus for tests, handlers run alone, recorded flows, and contract suites as data that any test runner can run. */
export {
  type ContractCase,
  type ContractResult,
  type ContractSubject,
  declareContract,
  missingTraits,
  runContract,
  type TestFunction,
} from './contract.ts'
export {
  type Fixture,
  type FixtureEvent,
  type FixtureRecording,
  recordFixture,
  replayFixture,
  type ReplayOptions,
} from './fixture.ts'
export { logContract } from './log-contract.ts'
export type { LogStore, LogSubject } from './log-subject.ts'
export { createManualClock, type ManualClock } from './manual-clock.ts'
export { orderingContract, type OrderingBus, type OrderingSubject } from './ordering-contract.ts'
export { createRecordingPort, type RecordingPort } from './recording-port.ts'
export { type HandlerRun, runHandler } from './run-handler.ts'
export { createTestBus, type TestBus, type TestBusOptions } from './test-bus.ts'
export { transportContract, type TransportSubject } from './transport-contract.ts'
export { until } from './until.ts'
