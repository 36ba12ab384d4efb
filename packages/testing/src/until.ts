/** In ms. Long, because it is only reached when something is wrong. */
const DEADLINE = 10_000
const PAUSE = 2

/**
 * Waits until `holds` says yes, looking every few ms: what tests do instead of sleeping. Rejects with `what` when that takes
 * longer than `deadline` ms (default 10,000).
 */
export async function until(holds: () => boolean, what: string, deadline: number = DEADLINE): Promise<void> {
  const end = performance.now() + deadline
  while (!holds()) {
    if (performance.now() > end) throw new Error(`waited ${deadline} ms, and still not: ${what}`)
    await new Promise<void>((resolve) => setTimeout(resolve, PAUSE))
  }
}
