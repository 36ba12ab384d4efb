import { type BusEvent, systemClock } from '@heliobus/core'
import { useEffect, useState } from 'react'

/** The event while it is younger than `ms`. */
export function useRecently<E extends BusEvent>(event: E | undefined, ms: number): E | undefined {
  const [over, setOver] = useState<string>()
  useEffect(() => {
    if (event === undefined) return undefined
    const left = Math.max(0, event.time + ms - systemClock.now())
    const timer = systemClock.setTimeout(() => setOver(event.id), left)
    return () => systemClock.clearTimeout(timer)
  }, [event, ms])
  return event?.id === over ? undefined : event
}
