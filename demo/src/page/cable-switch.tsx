import { type ReactNode, useState } from 'react'
import type { Uplink } from '../station/uplink.ts'

/** Cuts the cable between the pages and the hub, and mends it. */
export function CableSwitch({ uplink }: { readonly uplink: Uplink }): ReactNode {
  // What the visitor wants, until the station has said that it is so.
  const [wanted, setWanted] = useState<boolean>()
  const isCut = wanted ?? uplink.facts().isCut
  const set = (wish: boolean): void => {
    setWanted(wish)
    // A station that does not answer can't be told; the link says so already.
    void uplink
      .setCut(wish)
      .then(() => (wish ? undefined : uplink.tryNow()))
      .catch(() => undefined)
      .finally(() => setWanted(undefined))
  }
  return (
    <label className="switch">
      <input
        type="checkbox"
        role="switch"
        checked={isCut}
        aria-checked={isCut}
        onChange={(event) => set(event.target.checked)}
      />
      Cut the cable
    </label>
  )
}
