import type { BusEvent, HandlerContext } from '@heliobus/core'
import type { ObservatoryDraft } from '../catalog/catalog.ts'

/** Publishes what follows from `event`, for the same user. */
export type Answer = (
  event: BusEvent,
  context: HandlerContext,
  draft: ObservatoryDraft,
) => void | Promise<void>

/** Through the handler's context, which knows the cause also after an `await`. */
export function answer(
  event: BusEvent,
  { publish }: HandlerContext,
  { type, data, options }: ObservatoryDraft,
): void {
  // Every tab runs every module: only the one where the cause was published answers, or each tab would.
  if (event.hops === 0) publish(type, data, { userId: event.userId, ...options })
}
