import { useEffect } from 'react'
import { mountDevtools } from './mount.ts'
import type { DevtoolsOptions } from './options.ts'
import { useBuses, useSame, type WatchedBuses } from './use-buses.ts'

const none: readonly never[] = []

export type BusDevtoolsProps = WatchedBuses & DevtoolsOptions

/**
 * The devtools of one or more buses, as long as it is mounted. Renders nothing in its place, on the server neither.
 * Another bus, and each option but `initialOpen`, begins anew.
 */
export function BusDevtools(props: BusDevtoolsProps): null {
  const buses = useBuses(props)
  const { position, hotkey, shadowMode, dock, capacity, target } = props
  const remotes = useSame(props.remotes ?? none)
  useEffect(
    () => mountDevtools(buses, props),
    // oxlint-disable-next-line react/exhaustive-deps -- of `props`, what is read but once does not count
    [buses, position, hotkey, shadowMode, dock, capacity, target, remotes],
  )
  return null
}
