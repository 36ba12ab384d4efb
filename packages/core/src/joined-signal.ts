/** One for each two, which both last: what is made for each call would listen to them for ever. */
const joined = new WeakMap<AbortSignal, WeakMap<AbortSignal, AbortSignal>>()

/** Aborted with either of them. */
export function joinedSignal(one: AbortSignal, other: AbortSignal): AbortSignal {
  const those = joined.get(one) ?? new WeakMap<AbortSignal, AbortSignal>()
  joined.set(one, those)
  const known = those.get(other) ?? eitherOf(other, one)
  those.set(other, known)
  return known
}

function eitherOf(...signals: readonly AbortSignal[]): AbortSignal {
  const controller = new AbortController()
  for (const signal of signals)
    if (signal.aborted) controller.abort(signal.reason)
    else signal.addEventListener('abort', () => controller.abort(signal.reason), { once: true })
  return controller.signal
}
