import { type RefObject, useEffect, useState } from 'react'
import { useSize } from './use-size.ts'

/** Lines `from` on and before `to`. */
export interface Sight {
  readonly from: number
  readonly to: number
}

const BEYOND = 10 // lines drawn past the edges, so that scrolling shows no holes
const UNMEASURED = 50 // lines drawn where there is no layout yet

/** Which of `count` lines, each `height` px tall, can be seen in a place that scrolls. Only these are worth drawing. */
export function useSight(room: RefObject<HTMLElement | null>, count: number, height: number): Sight {
  const size = useSize(room)
  const [first, setFirst] = useState(0)
  useEffect(() => {
    const { current } = room
    if (current === null) return undefined
    // In steps: what is drawn beyond the edges lasts until the next.
    const look = (): void => setFirst(Math.floor(current.scrollTop / height / BEYOND) * BEYOND)
    look()
    current.addEventListener('scroll', look, { passive: true })
    return () => current.removeEventListener('scroll', look)
  }, [room, height])
  const seen = size.height === 0 ? UNMEASURED : Math.ceil(size.height / height)
  return {
    from: Math.max(0, Math.min(first, count - seen) - BEYOND),
    to: Math.min(count, first + seen + 2 * BEYOND),
  }
}
