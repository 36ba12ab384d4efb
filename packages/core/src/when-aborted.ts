type Act = (reason: unknown) => void

const waiting = new WeakMap<AbortSignal, Set<Act>>()

/**
 * Calls `act` when a signal is aborted, unless the returned function is called before. One listener serves all who wait for the
 * same signal: platforms warn of many. The signal must not be aborted yet.
 */
export function whenAborted(signal: AbortSignal, act: Act): () => void {
  const acts = actsOn(signal)
  acts.add(act)
  return () => void acts.delete(act)
}

function actsOn(signal: AbortSignal): Set<Act> {
  const known = waiting.get(signal)
  if (known !== undefined) return known
  const acts = new Set<Act>()
  waiting.set(signal, acts)
  signal.addEventListener('abort', () => acts.forEach((act) => act(signal.reason)), { once: true })
  return acts
}
