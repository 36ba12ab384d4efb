import { DiffTab } from './diff-tab.tsx'
import { deliveryCount, HandlersTab } from './handlers-tab.tsx'
import type { InspectorTab } from './inspector-tab.ts'
import { MetaTab } from './meta-tab.tsx'
import { PayloadTab } from './payload-tab.tsx'

/** The ways to look at an event, in the order of the tabs. */
export const inspectorTabs: readonly InspectorTab[] = [
  { id: 'payload', title: 'Payload', stays: true, Content: PayloadTab },
  { id: 'handlers', title: 'Handlers', count: deliveryCount, Content: HandlersTab },
  { id: 'meta', title: 'Meta', Content: MetaTab },
  { id: 'diff', title: 'Diff', Content: DiffTab },
]
