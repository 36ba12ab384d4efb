import { appendFileSync } from 'node:fs'

/** What a publisher meant, and what became of it. */
export interface Entry {
  readonly id: string
  readonly key: string
  readonly n: number
}

/** Kept beside the system: what was published, what is known to have failed, what was handled. */
export class Ledger {
  readonly published: Entry[] = []
  readonly failed = new Set<string>()
  readonly handled: Entry[] = []
  readonly gaps: string[] = []
  /** Events that a bus had to stop because they came a second time. */
  repeats = 0

  get verdict(): Verdict {
    const handled = new Map<string, number>()
    for (const { id } of this.handled) handled.set(id, (handled.get(id) ?? 0) + 1)
    const meant = new Set(this.published.map(({ id }) => id))
    return {
      lost: this.published.filter(({ id }) => !handled.has(id) && !this.failed.has(id)).length,
      foreign: [...handled.keys()].filter((id) => !meant.has(id)).length,
      twice: [...handled.values()].filter((count) => count > 1).length,
      disordered: inversions(this.handled),
      repeats: this.repeats,
      gaps: this.gaps.length,
    }
  }
}

/** Writes what became of it all into the file that `npm run test:chaos` reads, if that is who runs this. */
export function report(fault: string, { published, failed, handled, verdict }: Ledger): void {
  const file = process.env['CHAOS_LEDGER']
  if (file === undefined) return
  const line = {
    fault,
    accepted: published.length - failed.size,
    handled: new Set(handled.map(({ id }) => id)).size,
    buried: failed.size,
    duplicates: verdict.twice + verdict.repeats,
    disordered: verdict.disordered,
    lost: verdict.lost,
    gaps: verdict.gaps,
  }
  appendFileSync(file, `${JSON.stringify(line)}\n`)
}

/** Everything accepted was handled, nothing else was, and the events of a key in order; all zeros is what is promised. */
export interface Verdict {
  readonly lost: number
  readonly foreign: number
  readonly twice: number
  readonly disordered: number
  readonly repeats: number
  readonly gaps: number
}

export const flawless: Verdict = { lost: 0, foreign: 0, twice: 0, disordered: 0, repeats: 0, gaps: 0 }

/** How often an event of a key was handled after one that was published later. */
function inversions(entries: readonly Entry[]): number {
  const last = new Map<string, number>()
  let count = 0
  for (const { key, n } of entries) {
    if (n < (last.get(key) ?? -1)) count++
    last.set(key, Math.max(n, last.get(key) ?? -1))
  }
  return count
}
