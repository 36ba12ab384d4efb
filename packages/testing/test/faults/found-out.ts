/** Where a fault strikes is chance: it may miss the mechanism that a mutant lacks. */
const TRIES = 4

/** Whether a broken mechanism is found out: `isFine` says no in one of a few runs. One that rejects is not fine. */
export async function foundOut(isFine: () => Promise<boolean>): Promise<boolean> {
  for (let run = 0; run < TRIES; run++) if (!(await isFine().catch(() => false))) return true
  return false
}
