import { memo, type ReactNode } from 'react'
import type { Inspected } from './inspector-tab.ts'
import { PayloadBrowser } from './payload-browser.tsx'
import { PayloadPath } from './payload-path.tsx'

/** The payload as a tree. What was opened stays open for the next event of the same type. */
export const PayloadTab: React.NamedExoticComponent<Inspected> = memo(function PayloadTab(
  inspected: Inspected,
): ReactNode {
  const { type, data } = inspected.event
  return (
    <PayloadBrowser
      key={type}
      data={data}
      renderFooter={(node) => <PayloadPath {...inspected} node={node} />}
    />
  )
})
