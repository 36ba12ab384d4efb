// Runs in the page.
import { listed } from './screen.ts'

/** How long something took until it was there, and the longest time in which the page could do nothing else; ms. */
export interface Blocked {
  readonly total: number
  readonly longest: number
}

const LIMIT = 20_000 // ms

/** Calls `act`, and looks again and again, a task each time, until `isDone`. Throws after 20 s. */
export function blocksUntil(act: () => void, isDone: () => boolean): Promise<Blocked> {
  const { port1, port2 } = new MessageChannel()
  return new Promise((resolve, reject) => {
    const start = performance.now()
    let [last, longest] = [start, 0]
    port1.addEventListener('message', () => {
      const now = performance.now()
      longest = Math.max(longest, now - last)
      last = now
      if (isDone()) resolve({ total: now - start, longest })
      else if (now - start > LIMIT)
        reject(new Error(`not done after ${LIMIT} ms: ${listed()} rows are listed`))
      else port2.postMessage(undefined)
    })
    port1.start()
    act()
    port2.postMessage(undefined)
  })
}
