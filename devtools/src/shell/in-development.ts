import { createElement, type ReactNode, useEffect, useState } from 'react'
import type { BusDevtools as Real, BusDevtoolsProps } from './bus-devtools.ts'

/** Bundlers write the value in place of the whole of it; a page without one has nothing of the name. */
declare const process: { readonly env: { readonly NODE_ENV?: string } }

/** Written so that a bundler drops the branch, and all that it leads to. Rejects where there is no `process`. */
async function load(): Promise<typeof Real | undefined> {
  return process.env.NODE_ENV === 'development' ? (await import('./bus-devtools.ts')).BusDevtools : undefined
}

/**
 * The devtools of one or more buses, in development; otherwise nothing at all. Renders nothing in its place. Another bus,
 * and each option but `initialOpen`, begins anew.
 */
export function BusDevtools(props: BusDevtoolsProps): ReactNode {
  const [Devtools, setDevtools] = useState<typeof Real>()
  useEffect(() => {
    load().then(
      (loaded) => setDevtools(() => loaded),
      (error: unknown) => {
        if (!(error instanceof ReferenceError)) throw error
      },
    )
  }, [])
  return Devtools === undefined ? null : createElement(Devtools, props)
}
