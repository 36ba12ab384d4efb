export { Causality } from './model/causality.ts'
export type { Delivery } from './model/delivery.ts'
export { type Completion, completeFilter } from './model/filter-completion.ts'
export { type ParsedFilter, parseFilter } from './model/filter-parser.ts'
export { printClause, printFilter } from './model/filter-printer.ts'
export type { Clause, Comparison, Filter, FilterFault, NameField } from './model/filter-syntax.ts'
export { type Gap, Gaps } from './model/gaps.ts'
export type { HandlerFigures } from './model/handler-counts.ts'
export { MatchingRows } from './model/matching-rows.ts'
export type { Notice, Notices } from './model/notices.ts'
export { type Difference, diffPayloads, type PayloadDiff } from './model/payload-diff.ts'
export { openPayload, type PayloadKind, type PayloadNode } from './model/payload-node.ts'
export { type PayloadHits, searchPayload } from './model/payload-search.ts'
export { Recorder, type RecorderOptions } from './model/recorder.ts'
export {
  type LineFault,
  readRecording,
  type ReadOptions,
  type ReadRecording,
} from './model/recording-reader.ts'
export { type RecordingHeader, writeRecording, type WriteOptions } from './model/recording-writer.ts'
export { compileFilter, type RowTest, sizeAt } from './model/row-test.ts'
export { Rows } from './model/rows.ts'
export { sameType } from './model/same-type.ts'
export { Statistics, type TypeCounts, type TypeFigures } from './model/statistics.ts'
export { hasStatus, status, type StatusWord } from './model/status.ts'
export { Timeline, type TimelineBar } from './model/timeline.ts'
export { type TopicBranch, TopicTree } from './model/topic-tree.ts'
export { type TimeRange, View } from './model/view.ts'
