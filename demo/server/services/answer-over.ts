import type { ObservatoryBus } from '../../src/catalog/catalog.ts'
import type { Answer } from '../../src/modules/answer.ts'

/**
 * Answers on another bus than the one that the event came over. Resolves when the other side of its bridge has the answer,
 * and rejects when it will not get it: the event is not done with before its answer is safe.
 */
export function answerOver(bus: ObservatoryBus): Answer {
  return async (event, _, { type, data, options }) => {
    const { correlationId, id: causationId, userId } = event
    const answer = bus.publish(type, data, { correlationId, causationId, userId, ...options })
    const { links } = await bus.settled(answer)
    const failed = links.find(({ status }) => status !== 'handled')
    if (failed !== undefined) throw new Error(`${type} was not accepted`, { cause: failed.error })
  }
}
