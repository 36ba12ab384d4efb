/** One connection for all tabs of a page. */
export { leaderTab, type LeaderTabOptions } from './leader-tab.ts'
export type { TabLocks } from './members.ts'
