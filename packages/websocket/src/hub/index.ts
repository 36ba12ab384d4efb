/** A WebSocket hub for Node: joins browsers and servers to one bus. */
export {
  createMemoryHistory,
  type Draft,
  type Entry,
  type History,
  type HistoryOptions,
  type HistoryWatcher,
} from './history.ts'
export { type LogHistoryOptions, openLogHistory } from './log-history.ts'
export { type ConnectionInfo, createHub, type Hub } from './hub.ts'
export type { Credentials, HubOptions, Limits, Principal, Rights } from './settings.ts'
