import type { ReactNode } from 'react'
import type { DataPlace } from '../../remote/data-place.ts'
import { Button } from '../look/button.tsx'

interface Props {
  /** Who has it. */
  readonly from: string
  readonly place: DataPlace | undefined
  readonly onAsk: () => void
}

/** In the place of data that was asked for: it is on its way, or can't be had. */
export function AskedFor({ from, place, onAsk }: Props): ReactNode {
  if (typeof place !== 'object') return <output className="hb-note">Asking {from} for the payload…</output>
  return (
    <div className="hb-note" role="alert">
      <strong>The payload stays at {from}</strong>
      <span>{place.missing}</span>
      <Button label={`Ask ${from} again`} outlined onClick={onAsk}>
        Ask again
      </Button>
    </div>
  )
}
