// Kept from before a test replaces the platform's timers with its own.
const { setTimeout: wait } = globalThis

/** Resolves in a later task: whatever needs no time and nothing from outside has gone on as far as it can. */
export function settle(): Promise<void> {
  return new Promise((resolve) => wait(resolve))
}
