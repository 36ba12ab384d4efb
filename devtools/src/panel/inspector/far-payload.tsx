import { type ReactNode, useEffect } from 'react'
import { processAt } from '../look/process.ts'
import { useSession } from '../use-panel.ts'
import { AskedFor } from './asked-for.tsx'
import type { Inspected } from './inspector-tab.ts'

/** In the place of data that is in another process: asks for it, and says when it can't be had. */
export function FarPayload({ row }: Pick<Inspected, 'row'>): ReactNode {
  const { far, recorder } = useSession() // renders anew when something has come
  const place = far?.placeOf(row)
  useEffect(() => {
    if (place === 'away') far?.pull(row)
  }, [far, row, place])
  return <AskedFor from={processAt(recorder.rows, row)} place={place} onAsk={() => far?.pull(row)} />
}
