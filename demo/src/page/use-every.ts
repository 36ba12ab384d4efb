import { systemClock } from '@heliobus/core'
import { useEffect, useState } from 'react'

/** Renders again every `ms`: for what is looked at, and does not tell when it changes. */
export function useEvery(ms: number): void {
  const [, setTurn] = useState(0)
  useEffect(() => {
    let timer: unknown
    const next = (): void => {
      timer = systemClock.setTimeout(() => {
        setTurn((turn) => turn + 1)
        next()
      }, ms)
    }
    next()
    return () => systemClock.clearTimeout(timer)
  }, [ms])
}
