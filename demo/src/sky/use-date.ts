import { useEffect, useState } from 'react'
import type { Simulation } from '../simulation.ts'

/** The date in the sky, looked at with a frame of the page, every so many ms at most. */
export function useDate({ date }: Simulation, every: number): number {
  const [now, setNow] = useState(date)
  useEffect(() => {
    let before = 0
    const look = (time: number): void => {
      frame = requestAnimationFrame(look)
      if (time - before < every) return
      before = time
      setNow(date())
    }
    let frame = requestAnimationFrame(look)
    return () => cancelAnimationFrame(frame)
  }, [date, every])
  return now
}
