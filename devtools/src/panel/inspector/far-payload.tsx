import { type ReactNode, useEffect } from 'react'
import { Button } from '../look/button.tsx'
import { useSession } from '../use-panel.ts'
import { processAt } from '../look/process.ts'
import type { Inspected } from './inspector-tab.ts'

/** In the place of data that is in another process: asks for it, and says when it can't be had. */
export function FarPayload({ row }: Pick<Inspected, 'row'>): ReactNode {
  const { far, recorder } = useSession() // renders anew when something has come
  const process = processAt(recorder.rows, row)
  const place = far?.placeOf(row)
  useEffect(() => {
    if (place === 'away') far?.pull(row)
  }, [far, row, place])
  if (typeof place !== 'object') return <output className="hb-note">Asking {process} for the payload…</output>
  return (
    <div className="hb-note" role="alert">
      <strong>The payload stays at {process}</strong>
      <span>{place.missing}</span>
      <Button label={`Ask ${process} again`} outlined onClick={() => far?.pull(row)}>
        Ask again
      </Button>
    </div>
  )
}
