import { whenAborted } from './when-aborted.ts'

/** One for each two: what is made for each call would listen to them as long as they last. */
const joined = new WeakMap<AbortSignal, WeakMap<AbortSignal, AbortSignal>>()

/** Aborted with either of them. The one that is aborted first lets go of the other, which may last much longer. */
export function joinedSignal(one: AbortSignal, other: AbortSignal): AbortSignal {
  const those = joined.get(one) ?? new WeakMap<AbortSignal, AbortSignal>()
  joined.set(one, those)
  const known = those.get(other) ?? eitherOf(one, other)
  those.set(other, known)
  return known
}

function eitherOf(one: AbortSignal, other: AbortSignal): AbortSignal {
  if (one.aborted) return one
  if (other.aborted) return other
  const controller = new AbortController()
  const end = (reason: unknown): void => {
    forgetOne()
    forgetOther()
    controller.abort(reason)
  }
  const forgetOne = whenAborted(one, end)
  const forgetOther = whenAborted(other, end)
  return controller.signal
}
