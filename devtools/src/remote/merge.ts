import type { Signal } from '@heliobus/core'
import type { SignalQueue } from './signal-queue.ts'

/**
 * Hands on what several processes have told, up to a time, in its order. What arrived at one comes after what was published
 * at another, whatever their clocks say.
 */
export function merge(
  queues: readonly SignalQueue[],
  until: number,
  record: (signal: Signal, process: number) => void,
): void {
  for (let next = nextOf(queues); next !== undefined && next.first!.at <= until; next = nextOf(queues)) {
    const queue = causeFirst(next, queues)
    record(queue.take(), queue.process)
  }
}

function nextOf(queues: readonly SignalQueue[]): SignalQueue | undefined {
  let next: SignalQueue | undefined
  for (const queue of queues)
    if (queue.first !== undefined && (next === undefined || queue.first.at < next.first!.at)) next = queue
  return next
}

/** Not before what has led to it, wherever that waits. What leads in circles is made up. */
function causeFirst(queue: SignalQueue, queues: readonly SignalQueue[]): SignalQueue {
  let at = queue
  for (let step = 0; step < queues.length; step++) {
    const first = at.first!
    const cause = queues.find((other) => other !== at && other.holdsCauseOf(first))
    if (cause === undefined) return at
    at = cause
  }
  return queue
}
