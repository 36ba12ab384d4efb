import { lazy } from 'react'
import { handlerCount } from './handler-count.ts'
import type { InspectorTab } from './inspector-tab.ts'
import { PayloadTab } from './payload-tab.tsx'

// Loaded with the first look at them.
const ExplainTab = lazy(async () => ({ default: (await import('./explain-tab.tsx')).ExplainTab }))
const HandlersTab = lazy(async () => ({ default: (await import('./handlers-tab.tsx')).HandlersTab }))
const DiffTab = lazy(async () => ({ default: (await import('./diff-tab.tsx')).DiffTab }))
const MetaTab = lazy(async () => ({ default: (await import('./meta-tab.tsx')).MetaTab }))

/** The ways to look at an event, in the order of the tabs. */
export const inspectorTabs: readonly InspectorTab[] = [
  { id: 'explain', title: 'Explain', Content: ExplainTab },
  { id: 'payload', title: 'Payload', stays: true, Content: PayloadTab },
  { id: 'handlers', title: 'Handlers', count: handlerCount, Content: HandlersTab },
  { id: 'meta', title: 'Meta', Content: MetaTab },
  { id: 'diff', title: 'Diff', Content: DiffTab },
]
