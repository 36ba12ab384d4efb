/** Contract suites for transports, as data that any test runner can run, and the doubles they are tested with. */
export {
  type ContractCase,
  type ContractResult,
  type ContractSubject,
  declareContract,
  missingTraits,
  runContract,
  type TestFunction,
} from './contract.ts'
export { createManualClock, type ManualClock } from './manual-clock.ts'
export { createRecordingPort, type RecordingPort } from './recording-port.ts'
export { transportContract, type TransportSubject } from './transport-contract.ts'
export { until } from './until.ts'
