import type { Outcome } from '@heliobus/core'
import { type Occasion, letterOf, lettersOf, type StreamLetter } from './letter.ts'

/** What is done when a handler gives up: go on, keep back the events of that key, or stand still. */
export type FailurePolicy = 'skip' | 'block-key' | 'halt'

/** `leave`: this process has ended before the handlers had; it stays pending, for whoever comes next. */
export type Verdict =
  | { readonly act: 'acknowledge' }
  | { readonly act: 'leave' }
  | { readonly act: 'bury' | 'block-key' | 'halt'; readonly letters: readonly StreamLetter[] }

/** What becomes of an event, by what the handlers made of it. What can't succeed is buried, whatever the policy. */
export function judge(outcome: Outcome, occasion: Occasion, policy: FailurePolicy): Verdict {
  const { refused, failed, error } = outcome
  if (refused === 'bus-closed') return { act: 'leave' }
  if (refused !== undefined)
    return { act: 'bury', letters: [letterOf(occasion, 'invalid', { attempts: 0, error: error ?? refused })] }
  if (failed.some(({ reason }) => reason === 'unsubscribed')) return { act: 'leave' }
  const letters = lettersOf(
    occasion,
    failed.filter(({ reason }) => reason === undefined),
  )
  if (letters.length === 0) return { act: 'acknowledge' }
  return { act: policy === 'skip' ? 'bury' : policy, letters }
}
