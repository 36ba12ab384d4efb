import { type Delivery, type DeliveryChain, inOrder } from './delivery.ts'
import { type HandlerStory, storiesOf } from './handler-story.ts'
import { status } from './status.ts'

/** Bits that can become untrue again. */
const passing = status.failed | status.dead | status.waiting

/**
 * A status after one more delivery. `chain` is what is kept of them: while it is all of them, what was bad can become good
 * again. Nothing is looked up for an event with which nothing is amiss.
 */
export function statusAfter(
  before: number,
  delivery: DeliveryChain,
  chain: DeliveryChain | undefined,
): number {
  const bits = before | bitsOf(delivery)
  if ((bits & passing) === 0 || chain !== delivery) return bits
  return (bits & ~passing) | storiesOf(inOrder(chain)).reduce((sum, story) => sum | bitsOfStory(story), 0)
}

function bitsOf(delivery: Delivery): number {
  if (delivery.fate === 'handled')
    return delivery.attempt > 1 ? status.handled | status.retry : status.handled
  if (delivery.fate === 'failed')
    return delivery.retryIn === undefined ? status.failed : status.failed | status.retry | status.waiting
  return delivery.fate === 'buried' ? status.dead : 0
}

function bitsOfStory({ standing, hasLetter, deliveries }: HandlerStory): number {
  const hasFailed = standing !== 'handled' && deliveries.some(({ fate }) => fate === 'failed')
  return (
    (hasFailed ? status.failed : 0) |
    (standing === 'waiting' ? status.waiting : 0) |
    (hasLetter ? status.dead : 0)
  )
}
