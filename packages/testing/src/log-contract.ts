import type { ContractCase } from './contract.ts'
import { hostileCases } from './log-hostile-cases.ts'
import { queryCases } from './log-query-cases.ts'
import { retentionCases } from './log-retention-cases.ts'
import { storingCases } from './log-storing-cases.ts'
import type { LogSubject } from './log-subject.ts'
import { sharingCases } from './log-sharing-cases.ts'

/** What every event log must do. */
export const logContract: readonly ContractCase<LogSubject>[] = [
  ...storingCases,
  ...queryCases,
  ...retentionCases,
  ...hostileCases,
  ...sharingCases,
]
