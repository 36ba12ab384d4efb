// Runs in a process of its own: handles and acknowledges what is in Redis, and takes the time.
import { now, type Side } from './side.ts'
import { takers } from './takers.ts'

/** To be at it until so many events are handled and acknowledged, and then to leave. */
export interface Order {
  readonly side: Side
  readonly url: string
  readonly count: number
}

/** `ready`: what is sent from now on is taken. `all`: it was `ms` from the first handled to the last acknowledged. */
export type Report =
  | { readonly is: 'ready' | 'gone' }
  | { readonly is: 'all'; readonly ms: number; readonly latencies: readonly number[] }

function report(what: Report): void {
  process.send!(what)
}

async function work({ side, url, count }: Order): Promise<void> {
  const latencies: number[] = []
  let begun = 0
  let handled = 0
  let finish: () => void = () => undefined
  const finished = new Promise<void>((resolve) => (finish = resolve))
  const taker = await takers[side](url, (at) => {
    if (handled === 0) begun = now()
    if (at > 0) latencies.push(now() - at)
    if (++handled === count) finish()
  })
  report({ is: 'ready' })
  if (count > 0) await finished
  await taker.settled()
  report({ is: 'all', ms: now() - begun, latencies })
  await taker.close()
  if (handled !== count) throw new Error(`${side}: ${handled} handler calls, not ${count}`)
  report({ is: 'gone' })
}

process.on('message', (order: Order) => void work(order))
