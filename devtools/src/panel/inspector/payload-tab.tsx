import { memo, type ReactNode } from 'react'
import { later } from '../look/later.ts'
import type { Inspected } from './inspector-tab.ts'
import { PayloadBrowser } from './payload-browser.tsx'
import { PayloadPath } from './payload-path.tsx'

const FarPayload = later(() => import('./far-payload.tsx'), 'FarPayload')

/** The payload as a tree. What was opened stays open for the next event of the same type. */
export const PayloadTab: React.NamedExoticComponent<Inspected> = memo(function PayloadTab(
  inspected: Inspected,
): ReactNode {
  const { type, data } = inspected.event
  const place = inspected.session.far?.placeOf(inspected.row) ?? 'here'
  if (place !== 'here') return <FarPayload row={inspected.row} />
  return (
    <PayloadBrowser
      key={type}
      data={data}
      renderFooter={(node) => <PayloadPath {...inspected} node={node} />}
    />
  )
})
